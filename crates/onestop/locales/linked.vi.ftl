# Thủ tục làm cùng lúc
onestop-linked-together = Làm cùng lúc
onestop-linked-help = Khai một lần, gửi một lần. Phần đã khai và giấy tờ đã chụp ở trên được dùng lại; mỗi thủ tục vẫn có mã hồ sơ và ngày hẹn riêng.
onestop-linked-add = Thêm
onestop-linked-added = Đã thêm thủ tục. Khai nốt phần còn thiếu rồi quay lại hồ sơ chính để gửi.
onestop-linked-drop = Bỏ
onestop-linked-dropped = Đã bỏ thủ tục làm cùng.
onestop-linked-ready = Đã khai đủ
onestop-linked-missing = Còn thiếu { $count } mục
onestop-linked-lacks = Thủ tục làm cùng “{ $name }” chưa khai đủ.
onestop-linked-guided = Việc cần làm tiếp ở cơ quan khác
onestop-linked-part = Phần này được gửi cùng hồ sơ chính.
onestop-linked-back = Quay lại hồ sơ chính để gửi
onestop-linked-inner = Phần này thuộc một hồ sơ khác và được gửi cùng hồ sơ đó.
onestop-linked-sisters = Hồ sơ nộp cùng lúc
onestop-linked-with = Nộp cùng lúc
onestop-linked-counter = Tiếp nhận luôn, phần đã khai được điền sẵn
onestop-linked-other = Hồ sơ chính không phải của người này, hoặc không làm cùng được với thủ tục này.
