import type { Place } from '../place.ts';
import { DISPLAY_NAME } from '../store/owner.ts';
import type { SettingsBend } from './protocols.ts';
import { ENVELOPE, MOBILESYNC_RESPONSE } from './request.ts';
import { documentOf, element } from './xml.ts';

export const ACTIVE_SYNC_PATH = '/Microsoft-Server-ActiveSync';

/** What a phone is told: where ActiveSync is. [MS-ASCMD] 2.2.1.1.2 */
export function mobileSettings(
  email: string,
  place: Place,
  { servicesAt = ({ host }) => host }: SettingsBend = {},
): string {
  const url = `https://${servicesAt(place)}${ACTIVE_SYNC_PATH}`;
  const server = element('Server', [element('Type', 'MobileSync'), element('Url', url), element('Name', url)]);
  const user = element('User', [element('DisplayName', DISPLAY_NAME), element('EMailAddress', email)]);
  const action = element('Action', [element('Settings', [server])]);
  const response = element('Response', [element('Culture', 'en:us'), user, action], { xmlns: MOBILESYNC_RESPONSE });
  return documentOf(element('Autodiscover', [response], { xmlns: ENVELOPE }));
}
