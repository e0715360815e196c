# Lỗi: một câu cho người dùng, luôn nói phải làm gì tiếp.
error-sign-in = Mời ông/bà đăng nhập để tiếp tục.
error-second-factor = Việc này cần mã xác thực lần hai.
error-forbidden = Tài khoản của ông/bà chưa được giao quyền làm việc này. Cần quyền, xin liên hệ người quản trị của xã.
error-foreign-form = Biểu mẫu này được gửi từ một trang khác nên không được nhận. Ông/bà mở lại trang và làm lại giúp.
error-not-found = Không tìm thấy nội dung này. Có thể đường dẫn đã cũ, hoặc ông/bà không được giao xem.
error-no-commune = Chưa có xã nào trong hệ thống. Người quản trị chạy «sandinh init» để bắt đầu.
error-invalid = Có chỗ chưa đúng. Ông/bà xem lại các ô được đánh dấu.
error-conflict = Người khác vừa sửa nội dung này. Ông/bà xem bản mới rồi sửa tiếp.
error-too-many = Có quá nhiều lượt truy cập từ máy này. Ông/bà chờ ít phút rồi thử lại.
error-busy = Máy chủ đang bận, chưa có gì được ghi. Ông/bà chờ vài giây rồi thử lại.
error-too-large = Nội dung gửi lên quá lớn.
error-internal = Máy chủ gặp lỗi, chưa có gì được ghi. Ông/bà thử lại; nếu vẫn lỗi, xin báo người quản trị kèm mã yêu cầu.
error-form-key-used = Biểu mẫu này đã được gửi trước đó. Ông/bà mở lại trang để làm việc mới.
error-form-without-key = Biểu mẫu thiếu khóa chống gửi trùng. Ông/bà tải lại trang rồi gửi lại.
error-form-without-revision = Biểu mẫu thiếu số phiên bản. Ông/bà tải lại trang rồi gửi lại.
error-upload-cut = Đường truyền bị ngắt khi đang gửi tệp, chưa có gì được ghi. Ông/bà gửi lại giúp.
error-too-long = Nội dung quá dài; tối đa { $limit } ký tự.
call-address-wrong = Địa chỉ phải bắt đầu bằng https:// và không có tên đăng nhập.
error-choose = Ông/bà chọn một mục trong danh sách.
error-date = Ngày chưa đúng. Ông/bà ghi theo dạng ngày/tháng/năm, ví dụ 05/09/2024.
error-number = Chỗ này cần một số, ví dụ 1.250.
# Tệp
file-empty = Tệp rỗng, không có nội dung.
file-too-large = Tệp quá lớn; tối đa { $megabytes } MB.
file-wrong-type = Loại tệp này không dùng được ở đây (nội dung thật là { $found }).
file-damaged-picture = Ảnh bị hỏng, không mở được. Ông/bà chụp lại giúp.
file-giant-picture = Ảnh quá lớn (trên 50 triệu điểm ảnh). Ông/bà chụp lại ở cỡ nhỏ hơn.
# Việc chạy nền
job-cancelled = Việc đã được dừng.
job-not-dead = Việc này không ở trạng thái lỗi nên không cần chạy lại.
job-finished = Việc này đã xong, không dừng được nữa.
# Sao lưu và khôi phục
dump-dest-exists = Nơi ghi đã có tệp cùng tên. Ông/bà chọn tên khác để không ghi đè bản sao lưu cũ.
dump-unreadable = Không mở được tệp sao lưu. Ông/bà kiểm tra lại đường dẫn và quyền đọc.
dump-not-ours = Tệp này không phải bản sao lưu của Sân Đình, hoặc phần đầu đã hỏng. Chưa có gì được ghi.
dump-cut-off = Bản sao lưu bị cắt cụt hoặc hỏng ở cuối, thường do chép chưa xong. Chưa có gì được ghi; ông/bà chép lại tệp hoặc dùng bản khác.
dump-altered = Bản sao lưu đã bị thay đổi hoặc hỏng ở: { $parts }. Chưa có gì được ghi; ông/bà dùng bản sao lưu khác.
dump-newer-program = Bản sao lưu do phiên bản chương trình mới hơn ghi. Ông/bà cập nhật chương trình rồi khôi phục lại.
dump-place-newer = Nơi nhận đã có cấu trúc mới hơn bản sao lưu. Ông/bà khôi phục vào một thư mục hoặc cơ sở dữ liệu trống.
dump-place-not-empty = Nơi nhận đã có dữ liệu (bảng { $table }). Bản sao lưu chỉ khôi phục vào nơi còn trống, để không ghi đè lên sổ đang dùng.
error-idempotency-key = Yêu cầu này cần tiêu đề Idempotency-Key là một UUID, để gửi hai lần vẫn chỉ làm một lần.
