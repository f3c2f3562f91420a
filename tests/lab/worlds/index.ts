import type { World } from '../world.ts';
import { addressNotAllowed } from './address-not-allowed.ts';
import { addressUnknown } from './address-unknown.ts';
import { anonymous } from './anonymous.ts';
import { bearerOnly } from './bearer-only.ts';
import { brokenXml } from './broken-xml.ts';
import { certificateBadSignature } from './certificate-bad-signature.ts';
import { certificateChanges } from './certificate-changes.ts';
import { certificateCommonNameOnly } from './certificate-common-name-only.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { certificateSelfSigned } from './certificate-self-signed.ts';
import { certificateThreeProblems } from './certificate-three-problems.ts';
import { certificateUnknownRoot } from './certificate-unknown-root.ts';
import { certificateWrongName } from './certificate-wrong-name.ts';
import { connectionReset } from './connection-reset.ts';
import { deepXml } from './deep-xml.ts';
import { dnsRefused } from './dns-refused.ts';
import { dnsSilent } from './dns-silent.ts';
import { echoPassword } from './echo-password.ts';
import { healthy } from './healthy.ts';
import { healthyClassic } from './healthy-classic.ts';
import { healthyRootWebsite } from './healthy-root-website.ts';
import { hostingPanel } from './hosting-panel.ts';
import { hostingPanelOnly } from './hosting-panel-only.ts';
import { http403 } from './http-403.ts';
import { http404 } from './http-404.ts';
import { http405 } from './http-405.ts';
import { http500 } from './http-500.ts';
import { http503 } from './http-503.ts';
import { httpRedirect } from './http-redirect.ts';
import { httpSilent } from './http-silent.ts';
import { httpThrottled } from './http-throttled.ts';
import { hugeAnswer } from './huge-answer.ts';
import { intermediateExpired } from './intermediate-expired.ts';
import { intermediateMissing } from './intermediate-missing.ts';
import { internalAddress } from './internal-address.ts';
import { loginPage } from './login-page.ts';
import { manyHeaders } from './many-headers.ts';
import { nameNotFound } from './name-not-found.ts';
import { noAutodiscover } from './no-autodiscover.ts';
import { noMapiHttp } from './no-mapi-http.ts';
import { noMethod } from './no-method.ts';
import { notHttp } from './not-http.ts';
import { notTls } from './not-tls.ts';
import { ntlmOnly } from './ntlm-only.ts';
import { oneDeadAddress } from './one-dead-address.ts';
import { outboundProxyRefuses } from './outbound-proxy-refuses.ts';
import { panelSettings } from './panel-settings.ts';
import { portClosed } from './port-closed.ts';
import { portDropped } from './port-dropped.ts';
import { providerError } from './provider-error.ts';
import { servfail } from './servfail.ts';
import { silentPort } from './silent-port.ts';
import { tlsAlert } from './tls-alert.ts';
import { tlsTooOld } from './tls-too-old.ts';
import { unreachable } from './unreachable.ts';
import { webOnly } from './web-only.ts';
import { wrongPassword } from './wrong-password.ts';

/** All worlds, in the order in which people see them. Addresses are made of the position in this list. */
export const allWorlds: readonly World[] = [
  // Well
  healthy,
  healthyClassic,
  healthyRootWebsite,
  // Names
  nameNotFound,
  noAutodiscover,
  servfail,
  dnsRefused,
  dnsSilent,
  internalAddress,
  // Connections
  portClosed,
  portDropped,
  unreachable,
  oneDeadAddress,
  // TLS
  silentPort,
  notTls,
  connectionReset,
  tlsAlert,
  tlsTooOld,
  // Certificates
  certificateExpired,
  certificateNotYetValid,
  certificateExpiresSoon,
  certificateWrongName,
  certificateCommonNameOnly,
  certificateSelfSigned,
  certificateUnknownRoot,
  certificateBadSignature,
  certificateThreeProblems,
  certificateChanges,
  intermediateMissing,
  intermediateExpired,
  // Sign-in
  wrongPassword,
  noMethod,
  bearerOnly,
  ntlmOnly,
  anonymous,
  // HTTP
  http403,
  http404,
  http405,
  httpRedirect,
  http500,
  http503,
  httpThrottled,
  httpSilent,
  loginPage,
  notHttp,
  // Autodiscover
  brokenXml,
  addressUnknown,
  providerError,
  noMapiHttp,
  webOnly,
  // Other products at the mail domain
  hostingPanel,
  hostingPanelOnly,
  panelSettings,
  // The tester's own network
  addressNotAllowed,
  outboundProxyRefuses,
  // Hostile
  hugeAnswer,
  manyHeaders,
  deepXml,
  echoPassword,
];
