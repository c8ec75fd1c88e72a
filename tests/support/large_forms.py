"""Large forms for measurements: blocks of twenty questions, with a calculation that runs through all of them."""

from __future__ import annotations

_HEAD = (
    "type | name | label::English (en) | label::French (fr) "
    "| relevant | constraint | required | calculation | choice_filter"
)
_BLOCK = """
begin_group | g{b} | Block {b} | Bloc {b} | ${{seed}} >= 0 | | | |
text | t{b}_0 | Text 0 for ${{seed}} | Texte 0 | | string-length(.) < 50 | ${{seed}} > 3 | |
text | t{b}_1 | Text 1 | Texte 1 | | string-length(.) < 50 | yes | |
text | t{b}_2 | Text 2 | Texte 2 | | | | |
integer | n{b}_0 | Number 0 | Nombre 0 | | . >= 0 and . <= 1000 | | |
integer | n{b}_1 | Number 1 | Nombre 1 | ${{t{b}_0}} != '' | . >= 0 and . <= 1000 | | |
integer | n{b}_2 | Number 2 | Nombre 2 | | . >= 0 and . <= 1000 | | |
select_one wards | w{b} | Ward | Quartier | | | | |
select_one streets | s{b} | Street | Rue | | | | | ward = ${{w{b}}}
select_multiple wards | m{b} | Wards | Quartiers | | count-selected(.) <= 3 | | |
date | d{b} | Date | Date | | . <= today() | | |
calculate | c{b} | | | | | | ${{{before}}} + 1 |
calculate | k{b} | | | | | | if(${{c{b}}} > 3, concat('a', ${{t{b}_1}}), 'b') |
note | o{b} | So far ${{c{b}}} | Jusqu'ici ${{c{b}}} | | | | |
text | x{b}_0 | More 0 | Plus 0 | selected(${{m{b}}}, 'w0') | | | |
text | x{b}_1 | More 1 | Plus 1 | selected(${{m{b}}}, 'w1') | | | |
text | x{b}_2 | More 2 | Plus 2 | selected(${{m{b}}}, 'w2') | | | |
text | x{b}_3 | More 3 | Plus 3 | selected(${{m{b}}}, 'w3') | | | |
text | x{b}_4 | More 4 | Plus 4 | selected(${{m{b}}}, 'w4') | | | |
text | x{b}_5 | More 5 | Plus 5 | selected(${{m{b}}}, 'w5') | | | |
end_group | | | | | | | |
"""


def large_survey(questions: int) -> str:
    """A survey sheet of about that many questions."""
    blocks = (_BLOCK.format(b=block, before=f"c{block - 1}" if block else "seed") for block in range(questions // 20))
    return "\n".join([_HEAD, "integer | seed | Seed | Graine | | | | |", *blocks])


CHOICES = "\n".join(
    [
        "list_name | name | label::English (en) | label::French (fr) | ward",
        *(f"wards | w{number} | Ward {number} | Quartier {number} |" for number in range(15)),
        *(f"streets | s{number} | Street {number} | Rue {number} | w{number % 15}" for number in range(80)),
    ]
)
