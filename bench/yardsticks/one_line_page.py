"""The yardstick H: a Flask page of one line."""

from flask import Flask

app = Flask(__name__)
app.add_url_rule("/", view_func=lambda: "Hello")
