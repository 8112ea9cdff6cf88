"""What the pool's processes do: a text in, its extracted report out as JSON, which travels cheaply between them."""

from shushuo_extract.reader import read_text

_SAMPLE = "临江县人民法院工作报告\n一、审判工作\n全年新收案件1200件，审结1150件，同比上升3.5%。\n"


def read(text: str, report_id: str, version: str) -> bytes:
    """The extracted report of a text, as JSON."""
    return read_text(text, report_id=report_id, version=version).model_dump_json(by_alias=True).encode()


def warm() -> None:
    """Load the rules and compile what they compile, once per process."""
    read(_SAMPLE, "warm", "warm")
