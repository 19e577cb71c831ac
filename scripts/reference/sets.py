"""The eight sets by number.

Each is a module that has `DIRECTORY`, the name of its folder; `draw(random)`, which makes inputs;
`read(directory)`, which reads the inputs of a set that exists; and `answers(inputs)`, which gives
all files of the set by name.
"""

import set_1_indicators
import set_2_options
import set_3_calendar
import set_4_expirations
import set_5_studies
import set_6_statistics
import set_7_gamma
import set_8_fills

SETS = {
    1: set_1_indicators,
    2: set_2_options,
    3: set_3_calendar,
    4: set_4_expirations,
    5: set_5_studies,
    6: set_6_statistics,
    7: set_7_gamma,
    8: set_8_fills,
}


def numbers(text):
    """Numbers of sets, such as `1,2,5`."""
    chosen = [int(number) for number in text.split(",")]
    unknown = set(chosen) - set(SETS)
    if unknown:
        raise ValueError(f"there are no sets {sorted(unknown)}")
    return chosen
