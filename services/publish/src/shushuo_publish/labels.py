"""Chinese names of what the schema names in English."""

KINDS = {"court": "法院", "procuratorate": "检察院", "mixed": "法院和检察院"}
LEVELS = {"supreme": "最高", "high": "高级（省级）", "intermediate": "中级（市级）", "basic": "基层", "special": "专门"}
TYPES = {
    "honor": "荣誉",
    "typical_case": "典型案例",
    "endorsement": "批示肯定",
    "dissemination": "经验推广",
    "ranking": "排名",
    "first": "首创",
    "initiative": "举措",
    "case_story": "办案故事",
}
RECOGNITION = {"national": "国家级", "provincial": "省级", "municipal": "市级", "county": "县级"}
APPROX = {"exact": "", "over": "以上", "under": "不足", "about": "约"}
BASIS = {"yoy": "同比", "previous_period": "比前期", "average": "比均值", "other": ""}
MOVES = {("average", "up"): "高", ("average", "down"): "低"}
DIRECTIONS = {"up": "升", "down": "降"}
SEVERITIES = {"warning": "存疑", "notice": "提示"}
STREAMS = {"reports": "报告", "highlights": "亮点", "figures": "数据"}
FILTERS = {
    "organ": "单位",
    "kind": "类别",
    "level": "级别",
    "region": "地区",
    "year": "年份",
    "type": "亮点类型",
    "indicator": "指标",
    "q": "检索词",
}

CODES = {
    "cases.accepted": "各类案件受理",
    "cases.concluded": "各类案件审结",
    "criminal.accepted": "刑事案件受理",
    "criminal.concluded": "刑事案件审结",
    "criminal.sentenced": "判处罪犯",
    "civil.accepted": "民事案件受理",
    "civil.concluded": "民事案件审结",
    "administrative.accepted": "行政案件受理",
    "administrative.concluded": "行政案件审结",
    "administrative.nonlitigation_reviewed": "行政非诉审查",
    "enforcement.accepted": "执行案件受理",
    "enforcement.concluded": "执行案件执结",
    "enforcement.recovered_amount": "执行到位金额",
    "enforcement.dishonest_listed": "失信名单",
    "enforcement.consumption_restricted": "限制消费",
    "enforcement.detained": "司法拘留",
    "enforcement.refusal_convicted": "拒执罪判处",
    "mediation.prelitigation_resolved": "诉前化解",
    "mediation.prelitigation_rate": "诉前化解率",
    "mediation.settlement_rate": "调解撤诉率",
    "bankruptcy.concluded": "破产案件审结",
    "ip.concluded": "知识产权案件审结",
    "environment.concluded": "环境资源案件审结",
    "juvenile.concluded": "未成年人案件审结",
    "quality.first_instance_acceptance_rate": "一审服判息诉率",
    "quality.reversal_rate": "改判发回率",
    "quality.conclusion_rate": "结案率",
    "quality.plea_leniency_rate": "认罪认罚适用率",
    "quality.official_appearance_rate": "负责人出庭率",
    "quality.agency_loss_rate": "行政机关败诉率",
    "quality.voluntary_performance_rate": "自动履行率",
    "judges.average_concluded": "法官人均结案",
    "openness.judgments_published": "裁判文书公开",
    "openness.trials_streamed": "庭审直播",
    "aid.fees_waived": "诉讼费减免",
    "aid.judicial_relief": "司法救助",
    "wages.recovered": "追回欠薪",
    "suggestions.issued": "司法建议",
    "procuratorate.arrest_approved": "批准逮捕",
    "procuratorate.arrest_declined": "不批准逮捕",
    "procuratorate.prosecuted": "提起公诉",
    "procuratorate.prosecution_declined": "不起诉",
    "procuratorate.public_interest_handled": "公益诉讼办理",
    "procuratorate.suggestions": "检察建议",
    "procuratorate.protests": "抗诉",
    "procuratorate.civil_supervision": "民事检察监督",
    "procuratorate.administrative_supervision": "行政检察监督",
    "procuratorate.relief": "检察救助",
}


_PROSECUTION_LEVELS = LEVELS | {"high": "省级", "intermediate": "市级"}
_COURT_LEVELS = LEVELS | {"high": "高级", "intermediate": "中级"}


def standing(level: str | None, kind: str | None) -> str:
    """What sort of organ, in two words: 基层法院, 市级检察院."""
    levels = _PROSECUTION_LEVELS if kind == "procuratorate" else _COURT_LEVELS
    return levels.get(level or "", "") + KINDS.get(kind or "", "")


def code_name(code: str) -> str:
    """A code in words; the code itself when a newer extract knows more than this table."""
    return CODES.get(code, code)


def value_name(filter_name: str, value: str) -> str:
    """The value of a filter as people read it."""
    tables = {"kind": KINDS, "level": LEVELS, "type": TYPES, "indicator": CODES}
    return tables.get(filter_name, {}).get(value, value)


def describe(given: dict[str, str]) -> str:
    """Filters in words, e.g. ``地区：浙江省，年份：2025``."""
    return "，".join(f"{FILTERS[name]}：{value_name(name, value)}" for name, value in given.items())
