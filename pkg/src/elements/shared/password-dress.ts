// What the password elements wear: their style sheet and their English texts, which a page fetches apart from their script.
import sheet from "../../styles/password.css.js";
import theme from "../../styles/theme.css.js";
import { english as field } from "./words-password-field.js";
import { english as meter } from "./words-password-meter.js";

/** The style sheets, in their order. */
export const sheets: readonly string[] = [theme, sheet];

export { field, meter };
