office-title = Văn bản và điều hành
office-menu-group = Văn phòng
office-secret-refused = Văn bản này mang dấu độ mật. Theo Luật Bảo vệ bí mật nhà nước, văn bản mật không được nhập, gửi hay lưu trên phần mềm này: hãy chuyển cho người được giao giữ tài liệu mật, vào sổ văn bản mật riêng. Phần mềm không giữ lại gì của văn bản này.
