"""A year told only as the one to which a value has moved (由2019年的60%上升到2022年的80%)."""

MOVED_TO = r"[^，。；0-9]{0,10}?(?:[上下]?[升降]|提[高升]|增[高加长]?|减少?|缩短|[涨跌])[^，。；0-9]?(?:为|到|至)"
