/** @iabtechlabtcf/core 1.5.21, the official library, given the same plain data and read back into it. */
import { GVL, PurposeRestriction, TCModel, TCString } from "@iabtechlabtcf/core";

/** The library's own form of a list. */
export function officialList(list) {
  GVL.emptyCache();
  return new GVL(structuredClone(list));
}

/** The library's model of a choice. */
export function officialModel(gvl, choice) {
  const model = new TCModel(gvl);
  for (const name of ["cmpId", "cmpVersion", "consentScreen", "publisherCountryCode", "isServiceSpecific", "useNonStandardTexts", "purposeOneTreatment"]) {
    model[name] = choice[name];
  }
  model.created = new Date(choice.created);
  model.lastUpdated = new Date(choice.lastUpdated);
  model.specialFeatureOptins.set(choice.specialFeatureOptIns);
  for (const name of ["purposeConsents", "purposeLegitimateInterests", "vendorConsents", "vendorLegitimateInterests", "vendorsDisclosed"]) model[name].set(choice[name]);
  const { consents, legitimateInterests, customPurposes, customConsents, customLegitimateInterests } = choice.publisherTc;
  model.publisherConsents.set(consents);
  model.publisherLegitimateInterests.set(legitimateInterests);
  model.numCustomPurposes = customPurposes;
  model.publisherCustomConsents.set(customConsents);
  model.publisherCustomLegitimateInterests.set(customLegitimateInterests);
  for (const { purpose, type, vendors } of choice.publisherRestrictions) {
    const restriction = new PurposeRestriction(purpose, type);
    for (const vendor of vendors) model.publisherRestrictions.add(vendor, restriction);
  }
  return model;
}

/** The string the library writes. */
export function officialEncode(gvl, choice, options) {
  return TCString.encode(officialModel(gvl, choice), options);
}

/** What the library reads, as plain data. */
export function officialDecode(text) {
  const model = TCString.decode(text);
  const ids = (vector) => [...vector.values()].sort((one, other) => one - other);
  const segments = text.split(".").slice(1).map((segment) => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(segment[0]) >> 3);
  return {
    cmpId: model.cmpId,
    cmpVersion: model.cmpVersion,
    consentScreen: model.consentScreen,
    consentLanguage: model.consentLanguage,
    publisherCountryCode: model.publisherCountryCode,
    created: model.created.getTime(),
    lastUpdated: model.lastUpdated.getTime(),
    vendorListVersion: model.vendorListVersion,
    policyVersion: model.policyVersion,
    isServiceSpecific: model.isServiceSpecific,
    useNonStandardTexts: model.useNonStandardTexts,
    purposeOneTreatment: model.purposeOneTreatment,
    specialFeatureOptIns: ids(model.specialFeatureOptins),
    purposeConsents: ids(model.purposeConsents),
    purposeLegitimateInterests: ids(model.purposeLegitimateInterests),
    vendorConsents: ids(model.vendorConsents),
    vendorLegitimateInterests: ids(model.vendorLegitimateInterests),
    vendorsDisclosed: segments.includes(1) ? ids(model.vendorsDisclosed) : null,
    vendorsAllowed: segments.includes(2) ? ids(model.vendorsAllowed) : null,
    publisherRestrictions: model.publisherRestrictions.getRestrictions().map((restriction) => ({
      purpose: restriction.purposeId,
      type: restriction.restrictionType,
      vendors: model.publisherRestrictions.getVendors(restriction),
    })),
    publisherTc: segments.includes(3)
      ? {
          consents: ids(model.publisherConsents),
          legitimateInterests: ids(model.publisherLegitimateInterests),
          customPurposes: model.numCustomPurposes,
          customConsents: ids(model.publisherCustomConsents),
          customLegitimateInterests: ids(model.publisherCustomLegitimateInterests),
        }
      : null,
  };
}
