//! The `Conditions` section: which resources and values are there.

use serde_json::Value as Json;
use yaml_serde::Value;

use super::error::TemplateError;
use super::intrinsics::{Resolver, call};

impl Resolver<'_> {
    /// Whether the condition of this name holds.
    pub(super) fn condition(&self, name: &str, place: &str) -> Result<bool, TemplateError> {
        let declared = self
            .root
            .get("Conditions")
            .and_then(|section| section.get(name));
        let Some(body) = declared else {
            let (place, name) = (place.to_owned(), name.to_owned());
            return Err(TemplateError::Reference { place, name });
        };
        let deeper = self.one_deeper(place)?;
        deeper.holds(body, &format!("Conditions.{name}"))
    }

    fn holds(&self, body: &Value, place: &str) -> Result<bool, TemplateError> {
        let Some((function, argument)) = call(body) else {
            return Err(TemplateError::shape(place, "isn't a condition"));
        };
        let place = &format!("{place}.{function}");
        match function.as_str() {
            "Condition" => self.condition(argument.as_str().unwrap_or_default(), place),
            "Fn::Equals" => self.equal(&argument, place),
            "Fn::Not" => Ok(!self.each_holds(&argument, place)?.contains(&true)),
            "Fn::And" => Ok(!self.each_holds(&argument, place)?.contains(&false)),
            "Fn::Or" => Ok(self.each_holds(&argument, place)?.contains(&true)),
            _ => Err(TemplateError::Intrinsic {
                place: place.clone(),
                name: function,
            }),
        }
    }

    fn equal(&self, argument: &Value, place: &str) -> Result<bool, TemplateError> {
        let Some([left, right]) = argument.as_sequence().map(Vec::as_slice) else {
            return Err(TemplateError::shape(place, "takes two values"));
        };
        Ok(self.comparable(left, place)? == self.comparable(right, place)?)
    }

    /// `CloudFormation` compares texts: a parameter `1` equals the literal `"1"`.
    fn comparable(&self, value: &Value, place: &str) -> Result<String, TemplateError> {
        Ok(match self.resolve(value, place)? {
            Some(Json::String(text)) => text,
            other => other.unwrap_or(Json::Null).to_string(),
        })
    }

    fn each_holds(&self, argument: &Value, place: &str) -> Result<Vec<bool>, TemplateError> {
        let conditions = argument.as_sequence();
        let conditions = conditions.ok_or_else(|| TemplateError::shape(place, "takes a list"))?;
        conditions
            .iter()
            .map(|each| self.holds(each, place))
            .collect()
    }
}
