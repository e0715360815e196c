role-admin = Quản trị hệ thống
