"""The chosen numbers behind the sample figures; none of them is a real figure of 2024 or 2025."""

from __future__ import annotations

PUBLISHED_2022 = {"department": 110_893, "district": 27_085, "commune": 289_684}  # six months of 2022, published

SEASON = (0.88, 0.82, 1.08, 1.04, 1.05, 1.02, 1.00, 1.10, 1.06, 1.04, 1.02, 0.95)  # by calendar month

DEPARTMENT_VOLUMES = {  # dossiers a month
    "van-phong-ubnd": 35,
    "so-noi-vu": 120,
    "so-tu-phap": 2_300,
    "so-khdt": 1_350,
    "so-tai-chinh": 60,
    "so-cong-thuong": 1_900,
    "so-nnptnt": 420,
    "so-tnmt": 4_600,
    "so-gtvt": 3_900,
    "so-xay-dung": 380,
    "so-tttt": 90,
    "so-khcn": 55,
    "so-ldtbxh": 1_250,
    "so-vhttdl": 210,
    "so-gddt": 640,
    "so-y-te": 860,
    "ban-dan-toc": 3,
    "thanh-tra-tinh": 0,
    "ban-quan-ly-kcn": 330,
}
KIND_VOLUMES = {"district": 420, "town": 520, "city": 720, "commune": 235, "ward": 380, "township": 330}
BAC_KAN_FACTOR = 0.5
TWO_TIER_FACTOR = 1.15  # communes took over work of the districts on 01/7/2025

# Months 2024-12 … 2025-09: what share of dossiers is processed fully online, before each unit's own difference.
ONLINE_SHARES = (0.47, 0.54, 0.59, 0.625, 0.655, 0.68, 0.70, 0.675, 0.74, 0.78)
ONLINE_DIFFERENCE = {"department": 0.07, "district": 0.03, "commune": -0.01}
WORK_FILE_SHARES = {  # first month, gain a month
    "department": (0.925, 0.004),
    "district": (0.79, 0.008),
    "commune": (0.50, 0.013),
}
WORK_FILE_VOLUMES = {"department": 520, "district": 640, "commune": 95}
HOUSEHOLDS_PER_DOSSIER = 6.6  # households of a commune for each dossier of a usual month
HOUSEHOLD_SHARES = {"2025-Q1": 0.58, "2025-Q2": 0.69, "2025-Q3": 0.77}

CATALOGUE = {  # months 2024-12 … 2025-08, reported by the department in charge
    "procedures_eligible": (1040, 1040, 1040, 1040, 1040, 1040, 1040, 1126, 1126),
    "procedures_full_online": (932, 940, 946, 955, 968, 976, 985, 1066, 1075),
    "services_total": (1650, 1650, 1650, 1650, 1650, 1650, 1650, 1782, 1782),
    "services_synchronised": (1172, 1220, 1275, 1328, 1390, 1437, 1480, 1590, 1622),
    "services_redesigned": (297, 340, 395, 470, 545, 610, 680, 742, 838),
    "eforms_total": (1310, 1310, 1310, 1310, 1310, 1310, 1310, 1402, 1402),
    "eforms_updated": (1050, 1102, 1150, 1196, 1248, 1287, 1310, 1388, 1402),
    "procedures_piloted": (0, 1, 0, 1, 1, 2, 1, 1, 1),
    "users_total": (212_400, 219_750, 226_300, 234_900, 243_600, 251_200, 259_800, 318_500, 327_900),
    "users_identified": (172_469, 182_173, 191_450, 202_249, 214_124, 225_075, 236_678, 293_339, 306_914),
}
ESSENTIAL_SERVICES = (64, 65, 67, 68, 70, 72, 73, 74, 75)
HOTLINE_STEPS = (0, 0, 0, 0, 0, 1, 1, 1, 1)
DATA_STORE_STEPS = (0, 0, 0, 0, 0, 0, 0, 0, 0)

SILENT_DEPARTMENTS = frozenset({"so-khcn", "so-y-te"})  # have not reported 2025-09 yet
DEMO_COMMUNE = "05908"  # Xã Phú Bình: nor has it, so that a visitor can
SILENT_COMMUNES = 12

WAITING_UNITS = frozenset(  # have reported 2025-09, and nobody has approved it yet
    {"so-y-te", "01882", "01969", "02038", "02086", "05488", "05563", "05587", "05665", "05890"}
)
MISTYPED = {  # what a reviewer is to find there: a digit too many, all in place of a part, a digit too few
    ("05488", "dossiers_received"): 16_910,
    ("05890", "dossiers_full_online"): 1_335,
    ("02086", "households_with_user"): 263,
}
