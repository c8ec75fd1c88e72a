"""Forms that show every control once, with pictures beside them: for tests and for looking at."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from fieldapp.forms import FormDefinition, load_form

SURVEY = """
| survey |
| | type | name | label::English (en) | label::French (fr) | hint::English (en) | hint::French (fr) | appearance | parameters | body::unit | body::mask | choice_filter | required |
| | begin_group | one | One choice | Un choix | | | | | | | | |
| | select_one yn | few | Was the work visible? | Les travaux étaient-ils visibles? | | | | | | | | yes |
| | select_one ground | radio | What is the ground like? | Comment est le sol? | | | | | | | | |
| | select_one ground | cards | The same in columns | Le même en colonnes | | | columns-2 | | | | | |
| | select_one ground | packed | The same, as it fits | Le même, selon la place | | | columns-pack | | | | | |
| | select_one agree | likert | The notice was easy to understand | L'avis était facile à comprendre | From one end to the other | D'un bout à l'autre | likert | | | | | |
| | select_one wards | ward | Ward | Quartier | | | | | | | | |
| | select_one yn | minimal | In a list that opens | Dans une liste qui s'ouvre | | | minimal | | | | | |
| | end_group | | | | | | | | | | | |
| | begin_group | pictures | Pictures | Images | | | | | | | | |
| | select_one sign | sign | Which sign was it? | Quel panneau était-ce? | | | | | | | | |
| | select_one sign | bare | Only the picture | Seulement l'image | | | no-buttons columns-pack | | | | | |
| | select_multiple sign | signs | Which signs are missing? | Quels panneaux manquent? | | | columns-3 | | | | | |
| | end_group | | | | | | | | | | | |
| | begin_group | several | Several choices | Plusieurs choix | | | | | | | | |
| | select_multiple ground | many | What was found? | Qu'a-t-on constaté? | | | | | | | | |
| | select_multiple wards | tags | Wards concerned | Quartiers visés | | | minimal | | | | | |
| | rank ground | rank | What should be fixed first? | Que faut-il corriger d'abord? | Drag, or Alt and the arrows | Glissez, ou Alt et les flèches | | | | | | |
| | end_group | | | | | | | | | | | |
| | begin_group | numbers | Numbers | Nombres | | | | | | | | |
| | range | slope | How steep is it? | Quelle est la pente? | | | | start=0 end=10 step=1 tick_interval=2 | | | | |
| | range | noise | How loud is it? | Quel est le bruit? | | | no-ticks | start=0 end=100 step=5 | dB | | | |
| | range | level | Water level | Niveau d'eau | | | vertical | start=0 end=4 step=0.5 tick_interval=1 | m | | | |
| | range | stars | How was the service? | Comment était le service? | | | rating | start=1 end=5 step=1 | | | | |
| | range | picked | Storeys | Étages | | | picker | start=1 end=12 step=1 | | | | |
| | integer | area | Floor area | Aire de plancher | | | thousands-sep | | m² | | | |
| | decimal | depth | Depth | Profondeur | | | | | mm | | | |
| | end_group | | | | | | | | | | | |
| | begin_group | texts | Texts and days | Textes et jours | | | | | | | | |
| | text | postal | Postal code | Code postal | | | | | | >A9A 9A9 | | |
| | text | phone | Telephone | Téléphone | | | | | | (999) 999-9999 | | |
| | text | long | What happened? | Que s'est-il passé? | | | multiline | rows=5 | | | | |
| | text | secret | Gate code | Code du portail | | | masked | | | | | |
| | date | day | Day | Jour | | | | | | | | |
| | date | typed | Day, typed | Jour, au clavier | | | no-calendar | | | | | |
| | date | month | Month | Mois | | | month-year | | | | | |
| | date | year | Year built | Année de construction | | | year | | | | | |
| | acknowledge | told | The owner was told | Le propriétaire est avisé | | | | | | | | yes |
| | end_group | | | | | | | | | | | |
"""
CHOICES = """
| choices |
| | list_name | name | label::English (en) | label::French (fr) | media::image |
| | yn | yes | Yes | Oui | |
| | yn | no | No | Non | |
| | ground | clay | Clay, firm enough to stand on | Argile, assez ferme pour s'y tenir | |
| | ground | sand | Sand | Sable | |
| | ground | fill | Fill of unknown origin, with rubble, roots and other things that must be taken away first | Remblai d'origine inconnue, avec gravats, racines et autres matières à enlever d'abord | |
| | ground | rock | Rock | Roc | |
| | ground | mud | Mud | Boue | |
| | agree | a1 | Strongly disagree | Tout à fait en désaccord | |
| | agree | a2 | Disagree | En désaccord | |
| | agree | a3 | Neither | Ni l'un ni l'autre | |
| | agree | a4 | Agree | D'accord | |
| | agree | a5 | Strongly agree | Tout à fait d'accord | |
| | sign | stop | Stop | Arrêt | stop.png |
| | sign | yield | Yield | Cédez | yield.png |
| | sign | speed | Speed limit | Limite de vitesse | speed.png |
""" + "".join(f"| | wards | w{n} | Ward {n} | Quartier {n} | |\n" for n in range(1, 31))
COLOURS = {"stop": "#B3261E", "yield": "#F0B45A", "speed": "#566272"}


@cache
def gallery(folder: Path) -> FormDefinition:
    """The form, written into `folder` with its pictures."""
    for name, colour in COLOURS.items():
        sign(colour, 8 if name == "stop" else 3 if name == "yield" else 4).save(str(folder / f"{name}.png"))
    path = folder / "gallery.md"
    path.write_text(f"{SURVEY.strip()}\n\n{CHOICES.strip()}\n", "utf-8")
    return load_form(path)


def sign(colour: str, corners: int, size: int = 240) -> QImage:
    """A made-up traffic sign."""
    from math import cos, pi, sin

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPolygonF

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor("white"), 10))
    painter.setBrush(QColor(colour))
    middle, turn = size / 2, pi / corners - pi / 2 if corners != 3 else pi / 2
    angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
    points = [QPointF(middle + middle * 0.95 * cos(angle), middle + middle * 0.95 * sin(angle)) for angle in angles]
    painter.drawPolygon(QPolygonF(points))
    painter.end()
    return image


def groups_form(folder: Path) -> FormDefinition:
    """Pages, a table of choices, repeats as cards, as a table and one at a time, and marks in texts."""
    path = folder / "groups.md"
    path.write_text(GROUPS, "utf-8")
    return load_form(path)


GROUPS = """
| survey |
| | type | name | label::English (en) | label::French (fr) | appearance | required | hint::English (en) | hint::French (fr) |
| | begin_group | house | Household | Ménage | | | | |
| | text | who | Who was met? | Qui a été rencontré? | | yes | | |
| | note | marks | ## Before you begin<br>**Ask** for the *permit*, then:<br>- look at the [by-law](https://example.org/by-law)<br>- note the H<sub>2</sub>O meter | ## Avant de commencer<br>**Demandez** le *permis*, puis :<br>- voyez le [règlement](https://example.org/by-law)<br>- notez le compteur d'H<sub>2</sub>O | | | | |
| | begin_group | rooms | Rooms | Pièces | field-list | | | |
| | integer | bedrooms | Bedrooms | Chambres | | yes | | |
| | integer | baths | Bathrooms | Salles de bain | | | | |
| | end_group | | | | | | | |
| | begin_group | heat | Heating | Chauffage | field-list | | | |
| | text | furnace | Furnace | Fournaise | | | | |
| | end_group | | | | | | | |
| | end_group | | | | | | | |
| | begin_group | state | State of the parts | État des parties | table-list | | | |
| | select_one grade | roof | Roof | Toit | | yes | Seen from the ground | Vu du sol |
| | select_one grade | walls | Walls and cladding, all four sides | Murs et revêtement, les quatre côtés | | | | |
| | select_one grade | stairs | Stairs and guards | Escaliers et garde-corps | | yes | | |
| | end_group | | | | | | | |
| | begin_repeat | unit | Unit | Logement | table | | | |
| | text | number | Number | Numéro | | yes | | |
| | select_one use | use | Use | Usage | | | | |
| | integer | people | People | Personnes | | | | |
| | date | since | Since | Depuis | | | | |
| | end_repeat | | | | | | | |
| | begin_repeat | person | Person | Personne | page | | | |
| | text | name | Name | Nom | | yes | | |
| | date | born | Born | Naissance | | | | |
| | select_one use | role | Role | Rôle | | | | |
| | text | told | What was said | Ce qui a été dit | multiline | | | |
| | end_repeat | | | | | | | |

| choices |
| | list_name | name | label::English (en) | label::French (fr) |
| | grade | good | Good | Bon |
| | grade | fair | Fair | Passable |
| | grade | poor | Poor, to be replaced | Mauvais, à remplacer |
| | grade | none | Not seen | Non vu |
| | use | home | Dwelling | Habitation |
| | use | shop | Shop | Commerce |
| | use | other | Something else | Autre chose |
"""
