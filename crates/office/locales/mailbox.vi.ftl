# family: office-mailbox-security-
# family: office-mailbox-trouble-
# family: office-mailbox-state-
# family: office-mailbox-automatic-
# family: office-mailbox-problem-
# family: office-mailbox-answer-
# family: office-mailbox-sent-

office-mailbox = Hộp thư công vụ
office-mailbox-lead = Thư gửi đến hộp thư chung của xã. Thư có văn bản kèm theo thì chờ văn thư quyết định; thư gốc luôn được giữ.
office-mailbox-look = Xem hộp thư ngay
office-mailbox-looking = Đang xem hộp thư. Có thể rời trang này, việc vẫn chạy.
office-mailbox-letter = Thư
office-mailbox-subject = Tiêu đề thư
office-mailbox-untitled = Thư không có tiêu đề
office-mailbox-from = Người gửi
office-mailbox-documents = Tệp kèm
office-mailbox-came = Lấy về lúc
office-mailbox-sent = Ngày gửi ghi trên thư
office-mailbox-undated = Thư không ghi ngày
office-mailbox-box = Hộp thư
office-mailbox-decided-at = Đã quyết định
office-mailbox-none = Không có thư nào ở mục này
office-mailbox-none-how = Phần mềm xem hộp thư vài phút một lần. Bấm “Xem hộp thư ngay” nếu vừa được báo có thư.
office-mailbox-unset = Xã chưa nối hộp thư nào
office-mailbox-unset-how = Khi quản trị nối hộp thư công vụ của xã, văn bản gửi qua thư điện tử sẽ tự hiện ở đây. Văn thư khỏi phải tải về rồi tải lên.
office-mailbox-files-none = Thư không kèm tệp nào.
office-mailbox-nameless = Tệp không tên
office-mailbox-text = Nội dung thư
office-mailbox-text-none = Thư không có lời nào.
office-mailbox-original = Tải thư gốc (.eml)
office-mailbox-proposed = Đọc được từ văn bản
office-mailbox-proposed-help = Sẽ được điền sẵn khi vào sổ; văn thư xem lại trước khi cấp số.
office-mailbox-take = Đưa vào sổ đến
office-mailbox-taken = Đã chuyển sang văn bản đến. Hãy xem lại rồi cấp số.
office-mailbox-to-document = Xem văn bản đến
office-mailbox-aside = Không phải văn bản
office-mailbox-aside-help = Thư được xếp riêng, vẫn tìm lại được và mở lại được.
office-mailbox-set-aside = Đã xếp riêng. Có thể mở lại bất cứ lúc nào.
office-mailbox-reopen = Đưa trở lại danh sách chờ
office-mailbox-reopened = Thư đã trở lại danh sách.
office-mailbox-refuse = Từ chối, trả lời người gửi
office-mailbox-refuse-help = Người gửi nhận thư trả lời với lý do dưới đây.
office-mailbox-refuse-words = Lý do gửi cho người gửi
office-mailbox-refused = Đã ghi nhận. Thư trả lời đang được gửi.
office-mailbox-answer-empty = Hãy viết lý do để người gửi biết.
office-mailbox-secret = Đây là văn bản mật
office-mailbox-secret-help = Văn bản mật không được ở trong phần mềm này. Thư và mọi tệp bị xóa hẳn khỏi đây; thư vẫn còn trong hộp thư gốc để xử lý theo quy định về bí mật nhà nước.
office-mailbox-secret-ask = Xóa hẳn thư này khỏi phần mềm? Việc này không hoàn lại được.
office-mailbox-secret-verb = Xóa hẳn
office-mailbox-forgotten = Đã xóa hẳn thư khỏi phần mềm. Hãy xử lý thư trong hộp thư gốc theo quy định về bí mật nhà nước.
office-mailbox-secret-told = Hộp thư “{ $name }” có thư mang dấu chỉ độ mật. Phần mềm không nhận và không giữ gì; thư còn trong hộp thư, được gắn cờ. Hãy xử lý theo quy định về bí mật nhà nước.
office-mailbox-decided = Thư này vừa được người khác xử lý. Hãy xem lại.
office-mailbox-no-files = Thư không có tệp nào nhận được làm văn bản. Hãy tải thư gốc về xem, hoặc tiếp nhận bằng cách tải tệp lên.
office-mailbox-never-answered = Thư này do máy gửi. Phần mềm không bao giờ trả lời thư máy, để hai máy không trả lời nhau mãi.
office-mailbox-no-server = Chưa thiết lập máy chủ gửi thư nên chưa gửi được thư trả lời. Nhờ quản trị thiết lập (mục [mail] trong tệp cấu hình).
office-mailbox-no-server-note = Chưa thiết lập máy chủ gửi thư: hộp thư vẫn đọc được, nhưng chưa trả lời được người gửi.
office-mailbox-burst = Người gửi này đã nhận đủ số thư xác nhận tự động trong 24 giờ, nên thư này không tự gửi.
office-mailbox-answers = Đã trả lời
office-mailbox-answer-look = Xem thư trả lời
office-mailbox-answer-refused = Thư từ chối
office-mailbox-answer-receipt = Thư xác nhận đã vào sổ
office-mailbox-answer-refused-text = Kính gửi ông/bà,
    
    { $name } đã nhận thư “{ $subject }” nhưng chưa tiếp nhận được vào sổ văn bản đến, vì:
    
    { $words }
    
    Đây là thư của hộp thư công vụ { $name }.
office-mailbox-answer-receipt-text = Kính gửi ông/bà,
    
    { $name } đã tiếp nhận văn bản gửi theo thư “{ $subject }”. { $words }
    
    Thư này do phần mềm tự gửi, ông/bà không cần trả lời.
office-mailbox-receipt-number = Đã vào sổ số { $number } ngày { $day }.
office-mailbox-sent-waiting = Đang chờ gửi
office-mailbox-sent-sent = Đã gửi
office-mailbox-sent-failed = Không gửi được
office-mailbox-sent-held = Giữ lại, không tự gửi
office-mailbox-automatic-note = Phần mềm không trả lời thư này.
office-mailbox-automatic-said = Thư do máy tự gửi.
office-mailbox-automatic-list = Thư gửi hàng loạt.
office-mailbox-automatic-own = Thư của chính xã quay lại.
office-mailbox-automatic-nobody = Thư không có địa chỉ để trả lời.
office-mailbox-problem-large = Quá lớn để lấy về. Thư vẫn còn trong hộp thư gốc; hãy mở ở đó, tải tệp về rồi tiếp nhận bằng cách tải lên.
office-mailbox-problem-nested = Các phần lồng vào nhau quá nhiều lớp, phần mềm không mở. Thư gốc vẫn được giữ.
office-mailbox-problem-garbled = Viết bằng bảng mã chữ mà phần mềm không đọc được hết (ví dụ TCVN3, VNI). Hãy xem tệp kèm hoặc tải thư gốc.
office-mailbox-problem-unreadable = Không đọc được như một bức thư. Thư gốc vẫn được giữ.
office-mailbox-problem-kind = Loại tệp không nhận làm văn bản. Tệp vẫn còn trong thư gốc.
office-mailbox-problem-program = Tệp chạy được trên máy, có thể gây hại: không nhận. Đừng mở nếu không chắc người gửi.
office-mailbox-problem-archive = Tệp nén: phần mềm không tự mở. Hãy tải thư gốc, giải nén rồi tải văn bản lên.
office-mailbox-problem-locked = Tệp nén có mật khẩu: không mở được. Hãy hỏi người gửi bản không khóa.
office-mailbox-problem-macros = Tài liệu có macro, có thể gây hại: không nhận. Hãy xin bản PDF.
office-mailbox-problem-damaged = Tệp bị hỏng trên đường đi. Hãy xin người gửi gửi lại.
office-mailbox-problem-many = Thư kèm quá nhiều tệp; từ tệp này trở đi chỉ còn trong thư gốc.
office-mailbox-problem-edxml = Gói tin edXML: chỉ nhận qua trục liên thông văn bản, không nhận qua thư. Hãy nhờ nơi gửi gửi qua trục.
office-mailbox-state-waiting = Chờ quyết định
office-mailbox-state-plain = Không kèm văn bản
office-mailbox-state-automatic = Thư tự động
office-mailbox-state-taken = Đã vào văn bản đến
office-mailbox-state-aside = Không phải văn bản
office-mailbox-state-refused = Đã từ chối
office-mailbox-waits = { $count } thư công vụ có văn bản chờ quyết định
office-mailbox-waits-away = { $count } hộp thư công vụ không đọc được

office-mailbox-setup = Nối hộp thư công vụ
office-mailbox-setup-lead = Phần mềm đọc các hộp thư này vài phút một lần bằng IMAP. Mật khẩu được khóa lại và không bao giờ hiện ra nữa.
office-mailbox-setup-none = Chưa nối hộp thư nào
office-mailbox-setup-none-how = Cần bốn điều: tên máy chủ IMAP, cổng, tên đăng nhập và mật khẩu của hộp thư. Hỏi ở đâu: xem dưới đây.
office-mailbox-where = Tìm các thông tin này ở đâu
office-mailbox-where-server = Máy chủ và cổng: hỏi đơn vị vận hành thư công vụ của tỉnh (thường là Sở Khoa học và Công nghệ), hoặc xem mục “IMAP” trong phần cài đặt của trang thư. Cổng thường là 993.
office-mailbox-where-login = Tên đăng nhập thường là cả địa chỉ thư. Nên dùng hộp thư chung của xã, không dùng thư riêng của một người.
office-mailbox-where-open = Nhiều nơi phải bật IMAP trước, hoặc tạo “mật khẩu ứng dụng” riêng cho phần mềm khi tài khoản có xác thực hai bước.
office-mailbox-where-trust = Nếu máy chủ dùng chứng thư riêng của cơ quan, xin đơn vị vận hành tệp chứng thư gốc (PEM) và dán vào biểu mẫu.
office-mailbox-new = Nối hộp thư
office-mailbox-edit = Sửa hộp thư
office-mailbox-edit-lead = Điền rồi bấm “Thử kết nối” trước khi lưu.
office-mailbox-name = Tên gọi
office-mailbox-name-help = Ví dụ: Hộp thư văn thư xã.
office-mailbox-name-empty = Hãy đặt tên để dễ nhận ra hộp thư.
office-mailbox-address = Địa chỉ thư của hộp này
office-mailbox-address-wrong = Hãy ghi một địa chỉ thư, ví dụ vanthu@ten-xa.gov.vn.
office-mailbox-host = Máy chủ IMAP
office-mailbox-host-help = Tên máy, không có http:// ở trước. Ví dụ mail.tinh.gov.vn.
office-mailbox-host-wrong = Tên máy chủ chỉ có chữ cái không dấu, chữ số, dấu chấm và gạch ngang.
office-mailbox-port = Cổng
office-mailbox-port-help = Thường là 993 (TLS), hoặc 143 (STARTTLS).
office-mailbox-port-wrong = Cổng là một số từ 1 đến 65535.
office-mailbox-security = Bảo mật đường truyền
office-mailbox-security-tls = TLS ngay từ đầu (cổng 993, nên dùng)
office-mailbox-security-starttls = STARTTLS (cổng 143)
office-mailbox-security-none = Không mã hóa (chỉ cho máy chủ trên chính máy này)
office-mailbox-open-wrong = Chỉ bỏ mã hóa khi máy chủ ở trên chính máy này; nếu không, mật khẩu đi trần trên mạng.
office-mailbox-login = Tên đăng nhập
office-mailbox-login-empty = Hãy ghi tên đăng nhập của hộp thư.
office-mailbox-password = Mật khẩu
office-mailbox-password-help = Được khóa lại khi lưu, không ai xem lại được.
office-mailbox-password-keep = Để trống nếu giữ mật khẩu cũ. Đổi máy chủ, cổng hoặc tên đăng nhập thì phải nhập lại.
office-mailbox-password-empty = Hãy nhập mật khẩu của hộp thư.
office-mailbox-password-wrong = Mật khẩu quá dài hoặc có ký tự lạ.
office-mailbox-folder = Thư mục đọc thư
office-mailbox-folder-help = INBOX là hộp thư đến.
office-mailbox-folder-empty = Hãy ghi tên thư mục.
office-mailbox-folder-same = Thư đã lấy phải chuyển sang thư mục khác với thư mục đọc.
office-mailbox-since = Lấy thư từ ngày
office-mailbox-since-help = Thư cũ hơn được để yên.
office-mailbox-since-wrong = Chọn một ngày trong vòng một năm trở lại đây.
office-mailbox-taken-then = Thư đã lấy về thì
office-mailbox-end-move = chuyển sang thư mục riêng
office-mailbox-end-mark = để nguyên chỗ, chỉ đánh dấu đã đọc
office-mailbox-done-folder = Thư mục cho thư đã lấy
office-mailbox-done-folder-help = Chưa có thì phần mềm tạo. Bỏ qua nếu chỉ đánh dấu.
office-mailbox-done-name = Đã tiếp nhận
office-mailbox-receipts = Báo cho người gửi khi văn bản vào sổ
office-mailbox-receipts-help = Gửi thư “Đã vào sổ số … ngày …”. Không bao giờ gửi cho thư tự động.
office-mailbox-trust = Máy chủ dùng chứng thư riêng
office-mailbox-trust-field = Chứng thư gốc (PEM)
office-mailbox-trust-help = Dán cả khối BEGIN CERTIFICATE … END CERTIFICATE. Để trống nếu máy chủ dùng chứng thư thông thường.
office-mailbox-trust-wrong = Không đọc được chứng thư. Hãy dán nguyên khối chữ PEM.
office-mailbox-try = Thử kết nối
office-mailbox-tried-well = Kết nối được: đăng nhập và mở thư mục đều tốt.
office-mailbox-tried-next = Mật khẩu không được giữ lại trong biểu mẫu: nếu vừa nhập, hãy nhập lại rồi lưu.
office-mailbox-keep = Lưu hộp thư
office-mailbox-kept = Đã lưu hộp thư.
office-mailbox-too-many = Đã đủ số hộp thư cho phép.
office-mailbox-end = Ngừng đọc
office-mailbox-end-ask = Ngừng đọc hộp thư này? Mật khẩu bị xóa; thư đã lấy vẫn còn trong danh sách.
office-mailbox-ended = Đã ngừng đọc hộp thư.
office-mailbox-reads = Đang đọc
office-mailbox-away = Không đọc được
office-mailbox-not-yet = Chưa xem lần nào
office-mailbox-looked = Xem lần cuối { $day }.
office-mailbox-away-since = Không đọc được từ { $day }. Thư không mất: phần mềm tự thử lại.
office-mailbox-trouble-away = Không tới được máy chủ. Kiểm tra tên máy, cổng và đường mạng.
office-mailbox-trouble-slow = Máy chủ trả lời quá chậm.
office-mailbox-trouble-name = Chứng thư của máy chủ mang tên khác. Kiểm tra lại tên máy chủ đã ghi.
office-mailbox-trouble-untrusted = Chứng thư của máy chủ không do nơi nào được tin cậy cấp. Nếu là chứng thư riêng của cơ quan, hãy dán chứng thư gốc.
office-mailbox-trouble-expired = Chứng thư của máy chủ đã hết hạn. Báo đơn vị vận hành thư.
office-mailbox-trouble-secure = Không lập được đường truyền bảo mật. Thử đổi cách bảo mật hoặc cổng.
office-mailbox-trouble-password = Sai tên đăng nhập hoặc mật khẩu, hoặc hộp thư chưa bật IMAP.
office-mailbox-trouble-folder = Không có thư mục này trong hộp thư.
office-mailbox-trouble-answer = Máy chủ trả lời điều phần mềm không hiểu.

office-official = Địa chỉ thư công vụ của tôi
office-official-line = Xác nhận bằng mã gửi đến địa chỉ đó
office-official-lead = Cán bộ, công chức dùng thư điện tử chung của cơ quan nhà nước. Xác nhận một lần bằng mã gửi đến địa chỉ ấy.
office-official-address = Địa chỉ thư công vụ
office-official-domains = Địa chỉ có đuôi { $name }.
office-official-domain = Đây không phải địa chỉ thư công vụ. Địa chỉ phải có đuôi { $name }.
office-official-send = Gửi mã đến địa chỉ này
office-official-sent = Đã gửi mã. Hãy mở thư công vụ để lấy mã.
office-official-code-title = Nhập mã đã nhận
office-official-asked = Mã đã gửi đến { $name }.
office-official-code = Mã xác nhận
office-official-confirm = Xác nhận
office-official-code-wrong = Mã không đúng. Hãy xem lại thư.
office-official-code-over = Mã đã hết hạn hoặc nhập sai quá nhiều lần. Hãy gửi mã mới.
office-official-kept = Đã xác nhận địa chỉ thư công vụ.
office-official-now = Địa chỉ đã xác nhận: { $name }
office-official-subject = Mã xác nhận địa chỉ thư công vụ
office-official-letter = Mã xác nhận địa chỉ thư công vụ của ông/bà là { $code }. Nếu không phải ông/bà yêu cầu, hãy bỏ qua thư này.
office-official-has = Đã xác nhận địa chỉ thư công vụ
office-official-has-none = Chưa xác nhận địa chỉ thư công vụ
job-office-mailbox-look = Xem hộp thư công vụ
job-office-mailbox-answer = Trả lời thư công vụ
job-office-mailbox-code = Gửi mã xác nhận địa chỉ thư
