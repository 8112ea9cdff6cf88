"""Reports for the pipeline's tests, in words of our own about invented courts."""

from pathlib import Path


def report(name: str, accepted: int, concluded: int) -> str:
    """A short yearly report of a court that does not exist."""
    return f"""{name}人民法院工作报告

2025年，{name}人民法院新收刑事案件{accepted}件，审结{concluded}件，同比分别上升6.3%和7.8%。
执行到位金额4.07亿元，位列全市第二。立案庭被评为全省法院诉讼服务先进集体。
"""


def write_reports(folder: Path, count: int) -> list[Path]:
    """``count`` reports of as many courts, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"报告{n:03}.txt" for n in range(count)]
    for n, file in enumerate(files):
        file.write_text(report(f"云溪{n}县", 700 + n, 690 + n), encoding="utf-8")
    return files
