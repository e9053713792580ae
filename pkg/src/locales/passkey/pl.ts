import type { PasskeyLocale } from "../../lib/passkey-languages.js";

/** Polish. */
const locale: PasskeyLocale = {
  language: "pl",
  reviewed: false,
  signin: {
    button: "Zaloguj się kluczem dostępu",
    waiting: "Czekamy na klucz dostępu…",
    checking: "Sprawdzamy klucz dostępu.",
    done: "Zalogowano.",
    otherWays: "Inne sposoby logowania",
  },
  list: {
    label: "Twoje klucze dostępu",
    empty: "Nie masz jeszcze kluczy dostępu. Z kluczem logujesz się odciskiem palca, twarzą lub blokadą ekranu, bez hasła.",
    added: "Dodano {date}",
    used: "Ostatnio użyto {date}",
    unused: "Jeszcze nie użyto",
    nameless: "Klucz dostępu",
    add: "Dodaj klucz dostępu",
    adding: "Czekamy na klucz dostępu…",
    rename: "Zmień nazwę {name}",
    newName: "Nowa nazwa",
    save: "Zapisz",
    cancel: "Anuluj",
    remove: "Usuń {name}",
    confirm: "Usunąć „{name}”? Nie będzie już służyć do logowania. Pozostanie na urządzeniu, dopóki go tam nie usuniesz.",
    confirmed: "Usuń",
    wasAdded: "Dodano {name}.",
    wasRenamed: "Nowa nazwa to {name}.",
    wasRemoved: "Usunięto {name}.",
  },
  problems: {
    cancelled: "Anulowano. Spróbuj ponownie w dogodnej chwili.",
    late: "To trwało zbyt długo. Spróbuj ponownie w dogodnej chwili.",
    unsupported: "Klucze dostępu nie działają w tej przeglądarce. Wybierz inny sposób.",
    elsewhere: "Klucz dostępu należy do innego adresu. Sprawdź adres tej strony.",
    busy: "Otwarte jest inne okno klucza dostępu. Zakończ je lub zamknij i spróbuj ponownie.",
    none: "Nie użyto klucza dostępu. Spróbuj ponownie lub wybierz inny sposób.",
    device: "To urządzenie nie mogło tego zrobić. Użyj innego urządzenia lub klucza bezpieczeństwa.",
    already: "To urządzenie ma już klucz dostępu do Twojego konta.",
    gone: "Ten klucz dostępu nie otwiera już tu konta. Wybierz inny sposób.",
    refused: "Sklep tego nie przyjął. Odśwież stronę lub wybierz inny sposób.",
    order: "To, co trzeba było zatwierdzić, nie jest zamówieniem z tej strony. Odśwież stronę.",
    network: "Nie udało się połączyć ze sklepem. Sprawdź połączenie i spróbuj ponownie.",
    otherwise: "To się nie udało. Spróbuj ponownie lub wybierz inny sposób.",
  },
};

export default locale;
