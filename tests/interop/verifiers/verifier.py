"""py_webauthn and python-fido2 as verifiers for the conformance tests: one JSON request a line, one JSON answer a line."""

import json
import sys

import fido2.features
import fido2.server
import fido2.webauthn as fido
import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)


class PyWebauthn:
    """https://github.com/duo-labs/py_webauthn"""

    def __init__(self):
        self.states, self.credentials = [], []

    def creation(self, asked):
        known = {int(each.value) for each in COSEAlgorithmIdentifier}
        algorithms = [COSEAlgorithmIdentifier(each) for each in asked["algorithms"] if each in known]
        if not algorithms:
            raise NotImplementedError("unsupported: none of the algorithms")
        options = webauthn.generate_registration_options(
            rp_id=asked["rpId"],
            rp_name="Shop",
            user_id=b"user-1",
            user_name="ada@shop.example",
            user_display_name="Ada",
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED if asked["resident"] else ResidentKeyRequirement.DISCOURAGED,
                user_verification=UserVerificationRequirement(asked["userVerification"]),
            ),
            supported_pub_key_algs=algorithms,
        )
        self.states.append((options.challenge, algorithms))
        return {"options": json.loads(options_to_json(options)), "state": len(self.states) - 1}

    def register(self, asked):
        challenge, algorithms = self.states[asked["state"]]
        verified = webauthn.verify_registration_response(
            credential=asked["response"],
            expected_challenge=challenge,
            expected_rp_id=asked["rpId"],
            expected_origin=asked["origin"],
            require_user_presence=asked.get("presence", True),
            require_user_verification=asked["userVerification"] == "required",
            supported_pub_key_algs=algorithms,
        )
        self.credentials.append(verified)
        return {"credential": len(self.credentials) - 1, "userVerified": verified.user_verified}

    def request(self, asked):
        allow = None
        if asked.get("credential") is not None:
            allow = [PublicKeyCredentialDescriptor(id=self.credentials[asked["credential"]].credential_id)]
        options = webauthn.generate_authentication_options(
            rp_id=asked["rpId"],
            allow_credentials=allow,
            user_verification=UserVerificationRequirement(asked["userVerification"]),
        )
        self.states.append((options.challenge, None))
        return {"options": json.loads(options_to_json(options)), "state": len(self.states) - 1}

    def authenticate(self, asked):
        credential = self.credentials[asked["credential"]]
        verified = webauthn.verify_authentication_response(
            credential=asked["response"],
            expected_challenge=self.states[asked["state"]][0],
            expected_rp_id=asked["rpId"],
            expected_origin=asked["origin"],
            credential_public_key=credential.credential_public_key,
            credential_current_sign_count=credential.sign_count,
            require_user_verification=asked["userVerification"] == "required",
        )
        return {"userVerified": verified.user_verified}


class PythonFido2:
    """https://github.com/Yubico/python-fido2"""

    def __init__(self):
        self.states, self.credentials = [], []

    def server(self, asked, algorithms=None):
        entity = fido.PublicKeyCredentialRpEntity(id=asked["rpId"], name="Shop")
        server = fido2.server.Fido2Server(entity, verify_origin=lambda origin: origin == asked["origin"])
        if algorithms is not None:
            server.allowed_algorithms = [each for each in server.allowed_algorithms if each.alg in algorithms]
            if not server.allowed_algorithms:
                raise NotImplementedError("unsupported: none of the algorithms")
        return server

    def creation(self, asked):
        options, state = self.server(asked, asked["algorithms"]).register_begin(
            fido.PublicKeyCredentialUserEntity(id=b"user-1", name="ada@shop.example", display_name="Ada"),
            resident_key_requirement="required" if asked["resident"] else "discouraged",
            user_verification=asked["userVerification"],
        )
        self.states.append(state)
        return {"options": json.loads(json.dumps(dict(options))), "state": len(self.states) - 1}

    def register(self, asked):
        data = self.server(asked).register_complete(self.states[asked["state"]], asked["response"])
        self.credentials.append(data.credential_data)
        return {"credential": len(self.credentials) - 1, "userVerified": data.is_user_verified()}

    def request(self, asked):
        allow = None if asked.get("credential") is None else [self.credentials[asked["credential"]]]
        options, state = self.server(asked).authenticate_begin(allow, user_verification=asked["userVerification"])
        self.states.append(state)
        return {"options": json.loads(json.dumps(dict(options))), "state": len(self.states) - 1}

    def authenticate(self, asked):
        credential = self.credentials[asked["credential"]]
        server = self.server(asked)
        server.authenticate_complete(self.states[asked["state"]], [credential], asked["response"])
        response = fido.AuthenticationResponse.from_dict(asked["response"])
        return {"userVerified": response.response.authenticator_data.is_user_verified()}


VERIFIERS = {"py_webauthn": PyWebauthn, "python-fido2": PythonFido2}


def main():
    verifier = VERIFIERS[sys.argv[1]]()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"value": getattr(verifier, asked["op"])(asked)}
        except Exception as error:  # Whatever it is, it is the verifier's answer.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": asked["id"], **answer}), flush=True)


main()
