figures-group-reach = Tuyên truyền, vận động
figure-campaign-households-reached-pct = Hộ được chiến dịch gần nhất đến được
figure-campaign-households-reached-pct-how = Lấy chiến dịch bắt đầu gần nhất tính đến ngày ấy (không tính chiến dịch đã rút): số hộ đã được gặp, đã dự họp thôn, đã mở tin nhắn hoặc tự báo đã biết, trên số hộ trong danh sách của chiến dịch; hộ không còn trong lúc chiến dịch chạy thì trừ ra từ ngày ấy. Phát loa và tin mới gửi tới thì không tính.
