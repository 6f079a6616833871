"""The promises of the form macros: errors are found, tied to their answers, and nothing typed is lost."""

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from portfolio.foundation.words import display
from portfolio.foundation.words.sizes import filesize

PLACES = [SelectChoice(value="counter", label="At the counter"), SelectChoice(value="phone", label="On the telephone")]
PAGE = """{% from "macros/forms.html" import error_summary, field %}{{ error_summary(form) }}
{% for f in form %}{{ field(f, hint="A hint for " ~ f.name) }}{% endfor %}"""


class Incident(Form):
    """A form with one field of each kind."""

    title = StringField("Title", [InputRequired("Give it a title")])
    text = TextAreaField("What happened")
    secret = PasswordField("Password", [InputRequired("Type your password")])
    unit = SelectField("Unit", choices=PLACES)
    where = RadioField("Where", [InputRequired("Choose where")], choices=PLACES)
    points = SelectMultipleField("Points", [InputRequired("Choose a point")], choices=PLACES)
    own = BooleanField("This is my own work", [InputRequired("Say that it is your own")])


@pytest.fixture
def page():
    """Draws the form as it was answered and returns the parsed page."""
    jinja = Environment(loader=FileSystemLoader("templates"), autoescape=True)
    jinja.globals.update(csrf_token=lambda: "token", drawn_once=display.drawn_once)
    jinja.filters.update(when=display.when, clock=display.clock, filesize=filesize)

    def drawn(**answers):
        form = Incident(MultiDict(answers))
        form.validate()
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
        return parser.parse("<!doctype html><title>t</title>" + jinja.from_string(PAGE).render(form=form))

    return drawn


def by_id(page, id):
    """The only element of that id."""
    (found,) = page.findall(f".//*[@id='{id}']")
    return found


def test_every_error_is_a_link_to_the_answer_that_needs_it(page) -> None:
    seen = page(unit="counter")
    links = seen.findall(".//*[@class='error-summary']//a")
    assert {link.text for link in links} == {
        "Give it a title", "Type your password", "Choose where", "Choose a point", "Say that it is your own",
    }  # fmt: skip
    for link in links:
        assert by_id(seen, link.get("href").removeprefix("#")).tag == "input"


def test_hint_and_error_are_read_out_with_the_answer(page) -> None:
    seen = page(unit="counter")
    answer = by_id(seen, "title")
    assert answer.get("aria-describedby") == "title-hint title-error"
    assert answer.get("aria-invalid") == "true"
    assert "".join(by_id(seen, "title-error").itertext()) == "Error: Give it a title"


def test_a_group_of_choices_is_a_fieldset_named_by_its_question(page) -> None:
    seen = page(unit="counter", points="phone")
    asked = {"".join(group.find("legend").itertext()).strip() for group in seen.findall(".//fieldset")}
    assert asked == {"Where", "Points"}
    assert by_id(seen, "points-1").get("type") == "checkbox"
    assert by_id(seen, "points-1").get("checked") is not None
    assert by_id(seen, "points-0").get("checked") is None


def test_every_answer_has_a_label_and_what_is_optional_says_so(page) -> None:
    seen = page(unit="counter")
    labelled = {label.get("for") for label in seen.findall(".//label")}
    answers = [e for tag in ("input", "select", "textarea") for e in seen.findall(f".//{tag}")]
    assert {answer.get("id") for answer in answers} <= labelled
    optional = [label.get("for") for label in seen.findall(".//label") if "(optional)" in "".join(label.itertext())]
    assert optional == ["text"]


def test_what_was_typed_comes_back_except_the_password(page) -> None:
    seen = page(unit="phone", title="Late <parcel>", text="She rang twice.", secret="swordfish", where="phone")
    assert by_id(seen, "title").get("value") == "Late <parcel>"
    assert by_id(seen, "text").text.strip() == "She rang twice."
    assert by_id(seen, "secret").get("value") == ""
    assert by_id(seen, "where-1").get("checked") is not None


def test_a_form_in_order_shows_no_summary(page) -> None:
    seen = page(unit="phone", title="A", secret="b", where="phone", points="phone", own="y")
    assert seen.find(".//*[@class='error-summary']") is None
