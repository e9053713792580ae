import type { OneTimeCodeLocale } from "../../lib/code-languages.js";

/** French. */
const locale: OneTimeCodeLocale = {
  language: "fr",
  reviewed: false,
  words: {
    remaining: "Le code est encore valable {time}.",
    warning: "Le code est valable moins d’une minute.",
    expired: "Le temps est écoulé. Demandez l’envoi d’un autre code.",
    extend: "J’ai besoin de plus de temps",
    extended: "Vous avez plus de temps.",
    resend: "Envoyer un autre code",
    resendIn: "Un autre code pourra être envoyé dans {seconds} secondes.",
    sent: "Un autre code a été envoyé. Les précédents ne sont plus valables.",
    complete: "Le code est complet.",
    incomplete: "Saisissez les {digits} chiffres du code.",
    phishable: "Un code peut être livré à une page qui ne fait que ressembler à la nôtre. Une clé d’accès, non.",
    level: "Niveau d’assurance {level} sur 3.",
    noLevel: "En dessous du niveau d’assurance 1.",
    scan: "Scannez ceci avec votre application d’authentification.",
    picture: "Code QR contenant la clé pour votre application d’authentification",
    open: "Ouvrir une application sur cet appareil",
    key: "Ou saisissez cette clé dans l’application :",
    copyKey: "Copier la clé",
    copyCodes: "Copier les codes",
    copied: "Copié.",
    notCopied: "Le navigateur n’a pas copié le texte. Il est sélectionné : copiez-le vous-même.",
    download: "Télécharger",
    print: "Imprimer",
    saved: "Je les ai enregistrés",
    saveFirst: "Enregistrez d’abord les codes : ils ne seront plus affichés.",
    failed: "Cela n’a pas fonctionné. Vérifiez votre connexion et réessayez.",
  },
};

export default locale;
