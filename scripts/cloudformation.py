"""Reads CloudFormation's templates, for the checks beside it. Needs PyYAML."""

import functools
import re

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


class Resolver:
    """The values of a template with these parameters; `attributes` is what has been made: (resource, attribute)."""

    def __init__(self, template, parameters, attributes):
        self.template, self.parameters, self.attributes = template, parameters, attributes

    def there(self, kind):
        """The resources of a type that the conditions let be: their names, and their properties."""
        resources = self.template["Resources"].items()
        wanted = {name: it for name, it in resources if it["Type"] == kind}
        return {name: self.value(it["Properties"]) for name, it in wanted.items() if self.holds(it.get("Condition", True))}

    def holds(self, condition):
        if isinstance(condition, bool):
            return condition
        if isinstance(condition, str):
            return self.holds(self.template["Conditions"][condition])
        ((function, argument),) = condition.items()
        if function == "Condition":
            return self.holds(argument)
        if function == "Fn::Equals":
            return self.value(argument[0]) == self.value(argument[1])
        each = [self.holds(it) for it in argument]
        return {"Fn::Not": not any(each), "Fn::And": all(each), "Fn::Or": any(each)}[function]

    def value(self, value):
        if isinstance(value, list):
            found = [self.value(it) for it in value]
            return [it for it in found if it is not None]
        if not isinstance(value, dict):
            return value
        function, argument = next(iter(value.items()))
        if function == "Ref":
            return None if argument == "AWS::NoValue" else self.named(argument)
        if function == "Fn::GetAtt":
            return self.attributes[tuple(argument)]
        if function == "Fn::If":
            return self.value(argument[1] if self.holds(argument[0]) else argument[2])
        if function == "Fn::Sub":
            return self.substituted(*(argument if isinstance(argument, list) else [argument, {}]))
        return {key: self.value(it) for key, it in value.items()}

    def named(self, name):
        return self.parameters[name] if name in self.parameters else self.attributes[name, "Ref"]

    def substituted(self, text, more):
        more = {name: self.value(it) for name, it in more.items()}
        return re.sub(r"\$\{([\w:]+)\}", lambda it: str(more.get(it[1]) or self.named(it[1])), text)
