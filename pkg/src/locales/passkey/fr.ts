import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** French. */
const locale: PasskeyLocale = {
  language: "fr",
  reviewed: false,
  signin: {
    button: "Se connecter avec une clé d’accès",
    waiting: "En attente de votre clé d’accès…",
    checking: "Vérification de votre clé d’accès.",
    done: "Vous êtes connecté.",
    otherWays: "Autres façons de se connecter",
  },
  list: {
    label: "Vos clés d’accès",
    empty: "Vous n’avez pas encore de clé d’accès. Avec elle, vous vous connectez par empreinte, visage ou verrouillage d’écran, sans mot de passe.",
    added: "Ajoutée le {date}",
    used: "Dernière utilisation le {date}",
    unused: "Pas encore utilisée",
    nameless: "Clé d’accès",
    add: "Ajouter une clé d’accès",
    adding: "En attente de votre clé d’accès…",
    rename: "Renommer {name}",
    newName: "Nouveau nom",
    save: "Enregistrer",
    cancel: "Annuler",
    remove: "Supprimer {name}",
    confirm: "Supprimer « {name} » ? Elle ne vous connectera plus. Elle reste sur votre appareil jusqu’à ce que vous l’y effaciez.",
    confirmed: "Supprimer",
    wasAdded: "{name} a été ajoutée.",
    wasRenamed: "Renommée en {name}.",
    wasRemoved: "{name} a été supprimée.",
  },
  problems: {
    cancelled: "L’opération a été annulée. Réessayez quand vous serez prêt.",
    late: "C’était trop long. Réessayez quand vous serez prêt.",
    unsupported: "Les clés d’accès ne fonctionnent pas dans ce navigateur. Choisissez un autre moyen.",
    elsewhere: "Cette clé d’accès appartient à une autre adresse. Vérifiez l’adresse de cette page.",
    busy: "Une autre fenêtre de clé d’accès est ouverte. Terminez ou fermez-la, puis réessayez.",
    none: "Aucune clé d’accès n’a été utilisée. Réessayez ou choisissez un autre moyen.",
    device: "Cet appareil n’a pas pu le faire. Essayez un autre appareil ou une clé de sécurité.",
    already: "Cet appareil a déjà une clé d’accès pour votre compte.",
    gone: "Cette clé d’accès n’ouvre plus de compte ici. Choisissez un autre moyen.",
    refused: "La boutique n’a pas accepté. Rechargez la page ou choisissez un autre moyen.",
    order: "Ce qu’on vous demandait d’accepter n’est pas la commande de cette page. Rechargez la page.",
    network: "La boutique est injoignable. Vérifiez votre connexion et réessayez.",
    otherwise: "Cela n’a pas marché. Réessayez ou choisissez un autre moyen.",
  },
};

export default locale;
