"""Checks YAML files against a JSON Schema, as an editor's YAML server does.

Usage: yaml_editor.py SCHEMA FILE...   prints a line for each file: its name, and `ok` or what is wrong with it.
"""
import json
import os
import sys

import jsonschema
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)

for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        errors = list(validator.iter_errors(yaml.safe_load(file)))
    print(os.path.basename(path), "; ".join(error.message for error in errors) or "ok")
