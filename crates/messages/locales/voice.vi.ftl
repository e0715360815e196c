# family: voice-way-
# family: voice-side-
# family: voice-how-
# family: voice-state-
# family: voice-beside-
# family: voice-picture-

voice-way-comment = Bình luận
voice-way-message = Tin nhắn riêng
voice-side-in = Người dân
voice-side-out = Xã
voice-how-comment = Trả lời công khai, dưới bình luận
voice-how-private = Nhắn riêng cho người bình luận
voice-how-message = Nhắn lại
voice-state-heard = Đã nhận
voice-state-waiting = Đang gửi
voice-state-sent = Đã gửi
voice-state-failed = Chưa gửi được
voice-beside-sound = Có kèm ghi âm. Phần mềm không lấy về; nghe trong ứng dụng của trang.
voice-beside-film = Có kèm video. Phần mềm không lấy về; xem trong ứng dụng của trang.
voice-beside-file = Có kèm tệp. Phần mềm không lấy về; mở trong ứng dụng của trang.
voice-beside-link = Có kèm đường dẫn.
voice-picture-waiting = Đang lấy ảnh về.
voice-picture-kept = Ảnh người dân gửi
voice-picture-refused = Có một ảnh không lấy về được.
voice-picture-wrong = Ảnh hỏng, quá lớn hoặc không còn ở đó.
voice-picture-elsewhere = Ảnh nằm ở máy chủ không có trong danh sách được phép.
voice-nameless = Không rõ tên
voice-words-empty = Viết lời trả lời.
voice-window-over = Đã quá thời gian được nhắn lại. Người này nhắn thêm một tin thì trả lời được.
voice-private-once = Facebook chỉ cho nhắn riêng một lần cho mỗi bình luận. Khi người đó trả lời thì nhắn tiếp được.
voice-gone = Người viết đã xóa lời của mình, không còn gì để trả lời.
voice-not-failed = Tin này đang gửi hoặc đã gửi rồi.
channel-problem-window = Đã quá thời gian được nhắn lại. Người này nhắn thêm một tin thì nhắn lại được.
channel-ear = Nhận tin của người dân
channel-ear-never = Chưa nhận được gì từ bên kia.
channel-ear-heard = Nhận được gần nhất { $at }.
channel-ear-refused = Có thông báo sai chữ ký lúc { $at }, đã bỏ qua: xem lại khóa bí mật.
channel-ear-address = Địa chỉ webhook
channel-ear-verify = Mã xác minh (verify token)
channel-ear-copy = Chép
channel-ear-facebook = Trong trang dành cho nhà phát triển của Facebook, mục Webhooks, chọn Page, nhập hai ô dưới, rồi đăng ký các mục feed và messages.
channel-ear-zalo = Trong trang dành cho nhà phát triển của Zalo, mục Webhook, nhập địa chỉ dưới và chọn các sự kiện người dùng gửi tin. Muốn thử: nhắn một tin cho OA rồi tải lại trang này.
channel-ear-test = Hỏi Facebook đã đăng ký đủ chưa
channel-ear-well = Facebook báo cho xã cả bình luận và tin nhắn.
channel-ear-missing = Trang chưa đăng ký: { $name }.
channel-facebook-secret = Khóa bí mật của ứng dụng (App Secret)
channel-facebook-secret-help = Cần để nhận bình luận và tin nhắn. Mã truy cập khi đó cần thêm quyền pages_manage_engagement, pages_messaging, pages_read_user_content.
job-messages-voice = Trả lời qua Facebook, Zalo
