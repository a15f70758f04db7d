//! What a message, a read mark or a file is refused for.

use crate::problems;

problems! { PROBLEMS:
    RECIPIENTS = "message.recipients", Unprocessable,
        pl: "Adresatów musi być co najmniej jeden, każdy raz, i nie może być wśród nich własnej strony.",
        en: "There must be at least one recipient, each once, and none that is one's own party.",
        fix_pl: "Podaj każdą stronę raz i pomiń własną.",
        fix_en: "Give each party once and leave your own out.";
    RECIPIENT_ABSENT = "message.recipient_absent", Unprocessable,
        pl: "Adresat nie uczestniczy teraz w tej sprawie.",
        en: "The recipient takes no part in this case at present.",
        fix_pl: "Wybierz stronę, która uczestniczy w sprawie w jej obecnym stanie.",
        fix_en: "Choose a party that takes part in the case in its present state.";
    RECIPIENTS_APART = "message.recipients_apart", Unprocessable,
        pl: "Tych stron nie wolno połączyć w jednej korespondencji.",
        en: "These parties may not read the same correspondence.",
        fix_pl: "Napisz osobno: strony badania sprawy, strony zaopatrzenia i urzędy łączy tylko ministerstwo.",
        fix_en: "Write apart: parties of the examination, parties of supply and offices have only the ministry in common.";
    OWN_MESSAGE = "message.own", Conflict,
        pl: "Wiadomość wysłała własna strona, a odczytują ją adresaci.",
        en: "One's own party sent the message; its recipients read it.",
        fix_pl: "Oznaczaj jako odczytane tylko wiadomości otrzymane.",
        fix_en: "Mark only messages as read that you received.";
    UNKNOWN = "attachment.unknown", Unprocessable,
        pl: "Nie ma takiego załącznika w tej sprawie albo nadawca go nie widzi.",
        en: "The case has no such attachment, or the sender does not see it.",
        fix_pl: "Podaj identyfikatory z `GET …/attachments`.",
        fix_en: "Give ids of `GET …/attachments`.";
    NOT_FOR_ALL = "attachment.not_for_all", Unprocessable,
        pl: "Nie każdy adresat wiadomości może odczytać ten załącznik.",
        en: "Not every recipient of the message may read this attachment.",
        fix_pl: "Dodaj plik z wszystkimi adresatami wiadomości albo pomiń załącznik.",
        fix_en: "Add the file for every recipient of the message, or leave the attachment out.";
    TYPE = "attachment.type", UnsupportedMedia,
        pl: "Załącznik musi być plikiem PDF, PNG, JPEG albo TIFF.",
        en: "An attachment must be a PDF, PNG, JPEG or TIFF file.",
        fix_pl: "Zapisz dokument w jednym z tych formatów i podaj go w Content-Type; nazwa pliku nie ma znaczenia.",
        fix_en: "Save the document in one of these formats and name it in Content-Type; the file's name does not matter.";
    TYPE_DIFFERS = "attachment.type_differs", Unprocessable,
        pl: "Plik jest innego typu, niż podaje Content-Type.",
        en: "The file is of another type than Content-Type says.",
        fix_pl: "Podaj w Content-Type prawdziwy typ pliku.",
        fix_en: "Give the file's real type in Content-Type.";
    EMPTY = "attachment.empty", Unprocessable,
        pl: "Plik jest pusty.",
        en: "The file is empty.",
        fix_pl: "Prześlij treść pliku jako treść żądania.",
        fix_en: "Send the file's content as the body of the request.";
    TOO_LARGE = "attachment.too_large", TooLarge,
        pl: "Plik jest większy niż 20 MiB.",
        en: "The file is larger than 20 MiB.",
        fix_pl: "Zmniejsz rozdzielczość skanu albo podziel dokument.",
        fix_en: "Lower the resolution of the scan, or split the document.";
    TOO_MANY = "attachment.too_many", Conflict,
        pl: "Sprawa ma już 200 załączników.",
        en: "The case has 200 attachments already.",
        fix_pl: "Połącz dokumenty w jeden plik albo przekaż je ministerstwu inaczej.",
        fix_en: "Join documents into one file, or hand them to the ministry by other means.";
}
