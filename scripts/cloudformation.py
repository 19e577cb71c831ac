"""Reads CloudFormation's templates, for the checks beside it. Needs PyYAML."""

import functools

import yaml


class Loader(yaml.SafeLoader):
    """CloudFormation's short forms become its long ones."""


def long_form(loader, tag, node):
    value = {
        yaml.ScalarNode: loader.construct_scalar, yaml.SequenceNode: loader.construct_sequence,
    }.get(type(node), loader.construct_mapping)(node)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


Loader.add_multi_constructor("!", long_form)


@functools.cache
def load(text):
    """A template, with its functions in the long form; nobody changes it."""
    return yaml.load(text, Loader)


def of_type(template, kind):
    """The resources of a type: their names, and their properties."""
    resources = template.get("Resources", {}).items()
    return {name: it["Properties"] for name, it in resources if it["Type"] == kind}


def choices(value):
    """What a value can be, by the conditions in it: nothing where it can be absent."""
    if isinstance(value, dict) and "Fn::If" in value:
        return [it for branch in value["Fn::If"][1:] for it in choices(branch)]
    return [] if value == {"Ref": "AWS::NoValue"} else [value]
