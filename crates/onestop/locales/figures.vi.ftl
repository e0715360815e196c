figures-group-onestop = Một cửa
figure-procedures-online = Tiếp nhận hồ sơ và trả kết quả thủ tục hành chính trên mạng
figure-procedures-online-how = Có khi ít nhất một hồ sơ nộp trên mạng đã được trả kết quả tính đến ngày xem.
