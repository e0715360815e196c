figures-group-feedback = Phản ánh, kiến nghị
figure-reports-in-time-pct = Phản ánh được trả lời đúng hạn
figure-reports-in-time-pct-how = Phản ánh đến ngày đó đã được trả lời, hoặc đã hết hạn trả lời, mà câu trả lời có trong hạn; trên tổng số phản ánh ấy. Đơn tố cáo, khiếu nại không tính.
