/** Removes a secret from text that came from outside: a server may send back what it was given. */
import type { Secret } from './secret.ts';

/** Shorter ones occur by chance; replacing them would spoil the evidence and hide nothing. */
const SHORTEST = 4;
const HIDDEN = '[hidden]';

/** A function that hides every form in which this user's secret was or could be sent: plain, form-encoded, JSON, XML, Base64. */
export function scrubber(user: string, secret: Secret | null): (text: string) => string {
  if (secret === null) return (text) => text;
  const forms = formsOf(user, secret.reveal()).filter((form) => form.length >= SHORTEST);
  return (text) => forms.reduce((clean, form) => clean.replaceAll(form, HIDDEN), text);
}

function formsOf(user: string, value: string): string[] {
  const base64 = [`${user}:${value}`, value].map((text) => Buffer.from(text, 'utf8').toString('base64'));
  const url = [encodeURIComponent(value), new URLSearchParams({ '': value }).toString().slice(1)];
  const urlInSmallLetters = url.map((text) => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  const xmlText = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const xml = [xmlText, xmlText.replaceAll('"', '&quot;')];
  const forms = [...base64, value, ...url, ...urlInSmallLetters, ...xml, JSON.stringify(value).slice(1, -1)];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}
