/** What the stand-in for a worker asks about, and what it confides. */
import { fileURLToPath } from 'node:url';

/** For THROUGHLINE_ROOT. */
export const askingRoot = fileURLToPath(new URL('.', import.meta.url));

export const ELSEWHERE = 'mail.hoster.example';
export const SIGN_IN_SERVICE = 'login.contoso.example';
export const VERIFICATION_URI = `https://${SIGN_IN_SERVICE}/device`;
/** Unlike anything else. */
export const USER_CODE = 'KNRI-9F2C';
