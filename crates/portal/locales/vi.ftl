# Trang đầu
portal-home = Trang đầu
portal-home-title = Trang đầu
portal-home-question = Hôm nay bà con cần gì?
portal-home-hint = Gõ điều cần tìm, không cần dấu: «giấy khai sinh», «đông căm», «số liệu»…
portal-home-doors = Các việc thường làm
portal-home-live = Xã ta hôm nay
portal-home-villages = { $count } thôn của xã
# Bàn làm việc
portal-menu-desk = Việc hôm nay
portal-desk-title = Việc hôm nay
portal-desk-greeting = Chào { $name }. Hôm nay là ngày { $day }.
portal-desk-empty-title = Không có việc nào đang chờ
portal-desk-empty = Khi có đề nghị, lỗi cần sửa hoặc thời hạn sắp tới, việc sẽ hiện ở đây, việc trễ đứng trước.
# desk: portal-desk-* theo trạng thái
portal-desk-late = Trễ
portal-desk-soon = Sắp đến hạn
portal-desk-waiting = Đang chờ
portal-desk-active = Đang làm
portal-desk-info = Thông tin
portal-desk-done = Xong
portal-desk-off = Không còn hiệu lực
portal-desk-honour = Vinh danh
# Tìm
portal-search-title = Tìm
portal-search-hint = Gõ tên người, mã hộ, tên thôn, tổ chức… Không cần dấu, từ cuối có thể gõ dở.
portal-search-count = Tìm thấy { $count } kết quả.
portal-search-many = Có hơn 1.000 kết quả; dưới đây là một phần. Ông/bà gõ thêm chữ để thu hẹp.
portal-search-none-title = Không tìm thấy
portal-search-none = Thử gõ ít chữ hơn, hoặc chỉ gõ tên. Không cần gõ dấu.
portal-kind-page = Trang
portal-search-pages = Trang và số liệu
portal-map = Bản đồ xã
portal-map-line = Nhà văn hóa, chỗ đến chơi, phản ánh
portal-map-lead = Các thôn và những nơi bà con hay tìm. Chọn loại muốn xem, hoặc mở bản đồ lớn để phóng to.
portal-map-layers = Hiện trên bản đồ
portal-map-show = Hiện
portal-map-none-title = Chưa có ranh giới thôn
portal-map-none = Khi xã nhập ranh giới các thôn, bản đồ hiện ở đây. Danh sách bên dưới vẫn xem được.
portal-map-villages = Trang của từng thôn
