figures-group-documents = Văn bản và điều hành
figure-documents-on-software-pct = Văn bản đi, đến được duyệt trên phần mềm
figure-documents-on-software-pct-how = Văn bản đã vào sổ đến ngày đó mà lãnh đạo đã cho ý kiến, giải quyết hoặc duyệt ngay trên phần mềm, trên tổng số văn bản đi và đến đã vào sổ. Văn bản mật không có trong phần mềm nên không tính.
figure-documents-exchanged-electronically = Trao đổi văn bản hoàn toàn điện tử giữa các cơ quan
figure-documents-exchanged-electronically-how = Có, khi đã có văn bản đến hoặc đi qua trục liên thông mà nơi nhận báo đã nhận.
figure-work-files-online-pct = Hồ sơ công việc được xử lý trên môi trường mạng
figure-work-files-online-pct-how = Hồ sơ công việc không kèm tài liệu giấy nào, trên tổng số hồ sơ đã mở đến ngày đó.
