//! The same receipt as a Kantara Consent Receipt, version 1.1.

use super::receipt::{Receipt, text};
use super::{PublicKey, Status};
use crate::Error;
use crate::codec::json::{Object, Value};

/// The receipt as a Kantara Consent Receipt of `KI-CR-v1.1.0`, with what was granted. Its `piiPrincipalId`, which the form asks
/// for, is the thumbprint of the key that signed: nothing else is known of the shopper. `None` where nothing was granted: that
/// form has receipts of consent alone.
///
/// # Errors
///
/// None that a receipt can cause.
pub fn kantara(receipt: &Receipt, key: &PublicKey) -> Result<Option<Value>, Error> {
    let records =
        receipt.value().get("dpv:hasRecordOfActivity").and_then(Value::as_array).unwrap_or_default();
    let given = |(standing, _): &(&super::Standing, &Value)| standing.status == Status::Given;
    let mut services: Vec<Value> = Vec::new();
    for (_, record) in receipt.standings.iter().zip(records).filter(given) {
        for process in record.get("dpv:hasProcess").and_then(Value::as_array).unwrap_or_default() {
            services.push(service(process)?);
        }
    }
    let [first, ..] = records else { return Ok(None) };
    if services.is_empty() {
        return Ok(None);
    }
    let publisher = receipt.value().get("dct:publisher").unwrap_or(&Value::Null);
    let contact = text(publisher, &["dpv:hasContact"])?;
    let mut controller =
        Object::new().with("piiController", text(publisher, &["dct:title"])?).with("contact", contact).with(
            "address",
            Object::new().with("streetAddress", text(publisher, &["dpv:hasAddress"]).unwrap_or("")),
        );
    controller.insert(if contact.contains('@') { "email" } else { "piiControllerUrl" }, contact);
    let region = text(first, &["dpv:hasJurisdiction", "@id"]).ok().and_then(|iri| iri.rsplit_once('#'));
    let receipt = Object::new()
        .with("version", "KI-CR-v1.1.0")
        .with("jurisdiction", region.map_or("ZZ", |(_, region)| region))
        .with("consentTimestamp", receipt.at)
        .with("collectionMethod", receipt.surface.as_str())
        .with("consentReceiptID", &*receipt.id)
        .with("publicKey", key.to_jwk().to_canonical()?)
        .with("language", &*receipt.language)
        .with("piiPrincipalId", key.thumbprint())
        .with("piiControllers", vec![Value::from(controller)])
        .with("policyUrl", text(first, &["dpv:hasNotice", "@id"])?)
        .with("services", services)
        .with("sensitive", false)
        .with("spiCat", Vec::<Value>::new());
    Ok(Some(receipt.into()))
}

fn service(process: &Value) -> Result<Value, Error> {
    let titles = |name| -> Vec<String> {
        let entries = process.get(name).and_then(Value::as_array).unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| entry.get("dct:title").and_then(Value::as_str))
            .map(str::to_owned)
            .collect()
    };
    let recipients = titles("dpv:hasRecipient");
    let mut purpose = Object::new()
        .with("purpose", text(process, &["dpv:hasPurpose", "dct:title"])?)
        .with("purposeCategory", vec![text(process, &["dpv:hasPurpose", "dct:identifier"])?])
        .with("consentType", "EXPLICIT")
        .with("piiCategory", titles("dpv:hasPersonalData"))
        .with("primaryPurpose", false)
        .with("termination", text(process, &["dpv:hasStorageCondition", "dpv:hasDuration"]).unwrap_or(""))
        .with("thirdPartyDisclosure", !recipients.is_empty());
    if !recipients.is_empty() {
        purpose.insert("thirdPartyName", recipients.join("; "));
    }
    let name = text(process, &["dct:title"]).or_else(|_| text(process, &["dpv:hasPurpose", "dct:title"]))?;
    Ok(Object::new().with("service", name).with("purposes", vec![Value::from(purpose)]).into())
}
