"""Facts about the units of Thái Nguyên that the packages of make_units.py do not hold, with their basis."""

MERGER, BEFORE_MERGER = "2025-07-01", "2025-06-30"
MERGER_BASIS = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
COMMUNE_BASIS = "Nghị quyết 1683/NQ-UBTVQH15 ngày 16/6/2025"
SPELLING = {  # as in the national code list, where the package differs
    "01948": "Xã Trung Hoà",
    "01978": "Xã Sĩ Bình",
    "02098": "Xã Hoà Mục",
    "02197": "Xã Liêm Thuỷ",
    "05431": "Phường Quán Triều",
}
OTHER_CODE = {"05794": "05788"}  # Phú Lạc: the draft list of vietnam-provinces, then Quyết định 19/2025/QĐ-TTg

EARLIER_CHANGES = (  # effective, last day before, basis, (code, name before, code of the successor)
    (
        "2022-04-10",
        "2022-04-09",
        "Nghị quyết 469/NQ-UBTVQH15 ngày 15/02/2022",
        (
            ("172", "Thị xã Phổ Yên", "172"),
            ("05869", "Xã Hồng Tiến", "05869"),
            ("05875", "Xã Đắc Sơn", "05875"),
            ("05884", "Xã Tiên Phong", "05884"),
            ("05890", "Xã Nam Tiến", "05890"),
            ("05893", "Xã Tân Hương", "05893"),
            ("05896", "Xã Đông Cao", "05896"),
            ("05899", "Xã Trung Thành", "05899"),
            ("05902", "Xã Tân Phú", "05902"),
            ("05905", "Xã Thuận Thành", "05905"),
        ),
    ),
    (
        "2023-04-10",
        "2023-04-09",
        "Nghị quyết 722/NQ-UBTVQH15 ngày 13/02/2023",
        (("01954", "Xã Vân Tùng", "01954"),),
    ),
    (
        "2023-04-10",
        "2023-04-09",
        "Nghị quyết 729/NQ-UBTVQH15 ngày 13/02/2023",
        (
            ("05692", "Xã Hóa Thượng", "05692"),
            ("05764", "Thị trấn Quân Chu", "05851"),
            ("05851", "Xã Quân Chu", "05851"),
        ),
    ),
    (
        "2024-12-01",
        "2024-11-30",
        "Nghị quyết 1240/NQ-UBTVQH15 ngày 24/10/2024",
        (
            ("05536", "Thị trấn Chợ Chu", "05569"),
            ("05569", "Xã Bảo Cường", "05569"),
            ("05608", "Thị trấn Giang Tiên", "05644"),
            ("05644", "Xã Phấn Mễ", "05644"),
            ("05704", "Xã Tân Lợi", "05662"),
            ("05782", "Xã Na Mao", "05779"),
            ("05839", "Xã Vạn Thọ", "05845"),
            ("05845", "Xã Ký Phú", "05845"),
        ),
    ),
)

REFORM, BEFORE_REFORM = "2025-03-01", "2025-02-28"
REFORM_BASIS = "Sắp xếp cơ quan chuyên môn thuộc UBND tỉnh từ 01/3/2025; chưa có số nghị quyết của HĐND tỉnh"
DEPARTMENTS = {  # in protocol order
    "van-phong-ubnd": "Văn phòng Ủy ban nhân dân tỉnh",
    "so-noi-vu": "Sở Nội vụ",
    "so-tu-phap": "Sở Tư pháp",
    "so-khdt": "Sở Kế hoạch và Đầu tư",
    "so-tai-chinh": "Sở Tài chính",
    "so-cong-thuong": "Sở Công Thương",
    "so-nnptnt": "Sở Nông nghiệp và Phát triển nông thôn",
    "so-tnmt": "Sở Tài nguyên và Môi trường",
    "so-nnmt": "Sở Nông nghiệp và Môi trường",
    "so-gtvt": "Sở Giao thông vận tải",
    "so-xay-dung": "Sở Xây dựng",
    "so-tttt": "Sở Thông tin và Truyền thông",
    "so-khcn": "Sở Khoa học và Công nghệ",
    "so-ldtbxh": "Sở Lao động - Thương binh và Xã hội",
    "so-vhttdl": "Sở Văn hóa, Thể thao và Du lịch",
    "so-gddt": "Sở Giáo dục và Đào tạo",
    "so-y-te": "Sở Y tế",
    "ban-dan-toc": "Ban Dân tộc",
    "so-dttg": "Sở Dân tộc và Tôn giáo",
    "thanh-tra-tinh": "Thanh tra tỉnh",
    "ban-quan-ly-kcn": "Ban Quản lý các khu công nghiệp",
}
REFORMED = {  # new department: what it was made of, and how much of it
    "so-noi-vu": {"so-noi-vu": "whole", "so-ldtbxh": "part"},
    "so-tai-chinh": {"so-tai-chinh": "whole", "so-khdt": "whole"},
    "so-nnmt": {"so-nnptnt": "whole", "so-tnmt": "whole"},
    "so-xay-dung": {"so-xay-dung": "whole", "so-gtvt": "whole"},
    "so-khcn": {"so-khcn": "whole", "so-tttt": "whole"},
    "so-dttg": {"ban-dan-toc": "whole"},
    "so-gddt": {"so-ldtbxh": "part"},
    "so-y-te": {"so-ldtbxh": "part"},
}
CENTRE = ("trung-tam-pvhcc", "Trung tâm Phục vụ hành chính công tỉnh")
BLOCKS = (  # code, name, level, last day
    ("khoi-cap-tinh", "Các sở, ngành (số đã công bố)", "province", ""),
    ("khoi-cap-huyen", "UBND cấp huyện (số đã công bố)", "district", BEFORE_MERGER),
    ("khoi-cap-xa", "UBND cấp xã (số đã công bố)", "commune", ""),
)
