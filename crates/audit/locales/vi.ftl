audit-title = Nhật ký hệ thống
