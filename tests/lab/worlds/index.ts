import type { World } from '../world.ts';
import { addressNotAllowed } from './address-not-allowed.ts';
import { addressUnknown } from './address-unknown.ts';
import { aliasChain } from './alias-chain.ts';
import { aliasCircle } from './alias-circle.ts';
import { aliasToInternalName } from './alias-to-internal-name.ts';
import { aliasToNowhere } from './alias-to-nowhere.ts';
import { anonymous } from './anonymous.ts';
import { bearerOnly } from './bearer-only.ts';
import { bothFamilies } from './both-families.ts';
import { brokenXml } from './broken-xml.ts';
import { certificateBadSignature } from './certificate-bad-signature.ts';
import { certificateChanges } from './certificate-changes.ts';
import { certificateCommonNameOnly } from './certificate-common-name-only.ts';
import { certificateExpired } from './certificate-expired.ts';
import { certificateExpiresSoon } from './certificate-expires-soon.ts';
import { certificateExtensionTwice } from './certificate-extension-twice.ts';
import { certificateForClients } from './certificate-for-clients.ts';
import { certificateHuge } from './certificate-huge.ts';
import { certificateManyNames } from './certificate-many-names.ts';
import { certificateNotYetValid } from './certificate-not-yet-valid.ts';
import { certificateOfAuthority } from './certificate-of-authority.ts';
import { certificateOldAndWeak } from './certificate-old-and-weak.ts';
import { certificateRsa1024 } from './certificate-rsa-1024.ts';
import { certificateSelfSigned } from './certificate-self-signed.ts';
import { certificateSha1 } from './certificate-sha1.ts';
import { certificateThreeProblems } from './certificate-three-problems.ts';
import { certificateUnknownCritical } from './certificate-unknown-critical.ts';
import { certificateUnknownRoot } from './certificate-unknown-root.ts';
import { certificateWildcardTooHigh } from './certificate-wildcard-too-high.ts';
import { certificateWrongName } from './certificate-wrong-name.ts';
import { chainOf200 } from './chain-of-200.ts';
import { chainSentTwice } from './chain-sent-twice.ts';
import { chainStranger } from './chain-stranger.ts';
import { chainThreeProblems } from './chain-three-problems.ts';
import { chainWrongOrder } from './chain-wrong-order.ts';
import { clientCertificateDemanded } from './client-certificate-demanded.ts';
import { clientCertificateDemanded12 } from './client-certificate-demanded-12.ts';
import { clientCertificateGiven } from './client-certificate-given.ts';
import { clientCertificateGiven12 } from './client-certificate-given-12.ts';
import { clientCertificateIis } from './client-certificate-iis.ts';
import { clientCertificateRefused } from './client-certificate-refused.ts';
import { clientCertificateRefused12 } from './client-certificate-refused-12.ts';
import { clientCertificateUntrusted } from './client-certificate-untrusted.ts';
import { clientCertificateWished } from './client-certificate-wished.ts';
import { clockWrong } from './clock-wrong.ts';
import { connectionReset } from './connection-reset.ts';
import { crlExpired } from './crl-expired.ts';
import { crlWithoutEnd } from './crl-without-end.ts';
import { deepXml } from './deep-xml.ts';
import { dnsGarbage } from './dns-garbage.ts';
import { dnsLargeAnswer } from './dns-large-answer.ts';
import { dnsLossy } from './dns-lossy.ts';
import { dnsRefused } from './dns-refused.ts';
import { dnsSilent } from './dns-silent.ts';
import { earlyByOurClock } from './early-by-our-clock.ts';
import { echoPassword } from './echo-password.ts';
import { healthy } from './healthy.ts';
import { healthyClassic } from './healthy-classic.ts';
import { healthyCrossSigned } from './healthy-cross-signed.ts';
import { healthyEcdsa } from './healthy-ecdsa.ts';
import { healthyEd25519 } from './healthy-ed25519.ts';
import { healthyInternationalName } from './healthy-international-name.ts';
import { healthyOldRoot } from './healthy-old-root.ts';
import { healthyRevocation } from './healthy-revocation.ts';
import { healthyRootSent } from './healthy-root-sent.ts';
import { healthyRootWebsite } from './healthy-root-website.ts';
import { healthyStapled } from './healthy-stapled.ts';
import { healthyWildcard } from './healthy-wildcard.ts';
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
import { inspectingProxy } from './inspecting-proxy.ts';
import { intermediateBadSignature } from './intermediate-bad-signature.ts';
import { intermediateExpired } from './intermediate-expired.ts';
import { intermediateMayNotSign } from './intermediate-may-not-sign.ts';
import { intermediateMd5 } from './intermediate-md5.ts';
import { intermediateMissing } from './intermediate-missing.ts';
import { intermediateMissingBundle } from './intermediate-missing-bundle.ts';
import { intermediateMissingGarbage } from './intermediate-missing-garbage.ts';
import { intermediateMissingInternal } from './intermediate-missing-internal.ts';
import { intermediateMissingItself } from './intermediate-missing-itself.ts';
import { intermediateMissingPublished } from './intermediate-missing-published.ts';
import { intermediateMissingRedirect } from './intermediate-missing-redirect.ts';
import { intermediateMissingSilent } from './intermediate-missing-silent.ts';
import { intermediateMissingText } from './intermediate-missing-text.ts';
import { intermediateNameExcluded } from './intermediate-name-excluded.ts';
import { intermediateNameNotPermitted } from './intermediate-name-not-permitted.ts';
import { intermediateNoAuthority } from './intermediate-no-authority.ts';
import { intermediatePathTooLong } from './intermediate-path-too-long.ts';
import { intermediateRsa16384 } from './intermediate-rsa-16384.ts';
import { internalAddress } from './internal-address.ts';
import { internalName } from './internal-name.ts';
import { ipv6Servfail } from './ipv6-servfail.ts';
import { ipv6Silent } from './ipv6-silent.ts';
import { issuersInCircle } from './issuers-in-circle.ts';
import { issuersWithoutEnd } from './issuers-without-end.ts';
import { loginPage } from './login-page.ts';
import { manyAddresses } from './many-addresses.ts';
import { manyHeaders } from './many-headers.ts';
import { mixedAddresses } from './mixed-addresses.ts';
import { nameNotFound } from './name-not-found.ts';
import { noAutodiscover } from './no-autodiscover.ts';
import { noMapiHttp } from './no-mapi-http.ts';
import { noMethod } from './no-method.ts';
import { noSniOtherCertificate } from './no-sni-other-certificate.ts';
import { noSniRefused } from './no-sni-refused.ts';
import { notHttp } from './not-http.ts';
import { notTls } from './not-tls.ts';
import { ntlmOnly } from './ntlm-only.ts';
import { ocsp404 } from './ocsp-404.ts';
import { ocspAnotherCertificate } from './ocsp-another-certificate.ts';
import { ocspBadSignature } from './ocsp-bad-signature.ts';
import { ocspInternal } from './ocsp-internal.ts';
import { ocspSilent } from './ocsp-silent.ts';
import { ocspStale } from './ocsp-stale.ts';
import { ocspStranger } from './ocsp-stranger.ts';
import { ocspWithoutEnd } from './ocsp-without-end.ts';
import { oneDeadAddress } from './one-dead-address.ts';
import { outboundProxyRefuses } from './outbound-proxy-refuses.ts';
import { panelSettings } from './panel-settings.ts';
import { pinFits } from './pin-fits.ts';
import { pinOther } from './pin-other.ts';
import { portClosed } from './port-closed.ts';
import { portDropped } from './port-dropped.ts';
import { principalInSan } from './principal-in-san.ts';
import { principalMismatch } from './principal-mismatch.ts';
import { providerError } from './provider-error.ts';
import { revokedByList } from './revoked-by-list.ts';
import { revokedByOcsp } from './revoked-by-ocsp.ts';
import { revokedByStaple } from './revoked-by-staple.ts';
import { revokedIntermediate } from './revoked-intermediate.ts';
import { servfail } from './servfail.ts';
import { silentPort } from './silent-port.ts';
import { tls3des } from './tls-3des.ts';
import { tlsAlert } from './tls-alert.ts';
import { tlsAlertInternalError } from './tls-alert-internal-error.ts';
import { tlsAlertUnrecognizedName } from './tls-alert-unrecognized-name.ts';
import { tlsAnonymous } from './tls-anonymous.ts';
import { tlsDribble } from './tls-dribble.ts';
import { tlsEndless } from './tls-endless.ts';
import { tlsExport } from './tls-export.ts';
import { tlsGarbage } from './tls-garbage.ts';
import { tlsHugeMessage } from './tls-huge-message.ts';
import { tlsNull } from './tls-null.ts';
import { tlsOldVersions } from './tls-old-versions.ts';
import { tlsOnly13 } from './tls-only-13.ts';
import { tlsRc4 } from './tls-rc4.ts';
import { tlsSsl3 } from './tls-ssl3.ts';
import { tlsTooOld } from './tls-too-old.ts';
import { tlsTruncated } from './tls-truncated.ts';
import { unreachable } from './unreachable.ts';
import { webOnly } from './web-only.ts';
import { wildcard } from './wildcard.ts';
import { wildcardElsewhere } from './wildcard-elsewhere.ts';
import { wrongPassword } from './wrong-password.ts';

/** All worlds, in the order in which people see them. Addresses are made of the position in this list. */
export const allWorlds: readonly World[] = [
  // Well
  healthy,
  healthyClassic,
  healthyRootWebsite,
  healthyRootSent,
  healthyEcdsa,
  healthyEd25519,
  healthyCrossSigned,
  healthyOldRoot,
  healthyWildcard,
  healthyInternationalName,
  healthyRevocation,
  healthyStapled,
  // Names
  nameNotFound,
  noAutodiscover,
  servfail,
  dnsRefused,
  dnsSilent,
  internalAddress,
  mixedAddresses,
  internalName,
  aliasToInternalName,
  aliasToNowhere,
  aliasCircle,
  dnsGarbage,
  ipv6Servfail,
  ipv6Silent,
  wildcard,
  wildcardElsewhere,
  aliasChain,
  dnsLargeAnswer,
  dnsLossy,
  // Connections
  portClosed,
  portDropped,
  unreachable,
  oneDeadAddress,
  manyAddresses,
  bothFamilies,
  // TLS
  silentPort,
  notTls,
  connectionReset,
  tlsAlert,
  tlsTooOld,
  tlsAlertInternalError,
  tlsAlertUnrecognizedName,
  tlsOnly13,
  tlsOldVersions,
  tlsSsl3,
  tlsNull,
  tlsAnonymous,
  tlsExport,
  tlsRc4,
  tls3des,
  noSniOtherCertificate,
  noSniRefused,
  // Client certificates
  clientCertificateWished,
  clientCertificateDemanded,
  clientCertificateDemanded12,
  clientCertificateIis,
  clientCertificateUntrusted,
  clientCertificateGiven,
  clientCertificateGiven12,
  clientCertificateRefused,
  clientCertificateRefused12,
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
  certificateRsa1024,
  certificateSha1,
  certificateForClients,
  certificateOfAuthority,
  certificateUnknownCritical,
  certificateExtensionTwice,
  certificateWildcardTooHigh,
  certificateOldAndWeak,
  intermediateMissing,
  intermediateMissingPublished,
  intermediateMissingBundle,
  intermediateMissingText,
  intermediateMissingSilent,
  intermediateMissingGarbage,
  intermediateMissingInternal,
  intermediateMissingRedirect,
  intermediateMissingItself,
  intermediateExpired,
  intermediateMd5,
  intermediateNameExcluded,
  intermediateNameNotPermitted,
  intermediatePathTooLong,
  intermediateNoAuthority,
  intermediateMayNotSign,
  intermediateBadSignature,
  principalMismatch,
  principalInSan,
  // Lists of certificates
  chainWrongOrder,
  chainStranger,
  chainSentTwice,
  chainThreeProblems,
  inspectingProxy,
  pinFits,
  pinOther,
  // Revocation
  revokedByOcsp,
  revokedByList,
  revokedByStaple,
  revokedIntermediate,
  ocspSilent,
  ocsp404,
  ocspStale,
  ocspBadSignature,
  ocspStranger,
  ocspAnotherCertificate,
  ocspInternal,
  crlExpired,
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
  clockWrong,
  earlyByOurClock,
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
  tlsTruncated,
  tlsGarbage,
  tlsHugeMessage,
  tlsEndless,
  tlsDribble,
  hugeAnswer,
  manyHeaders,
  deepXml,
  echoPassword,
  certificateManyNames,
  certificateHuge,
  intermediateRsa16384,
  chainOf200,
  issuersInCircle,
  issuersWithoutEnd,
  ocspWithoutEnd,
  crlWithoutEnd,
];
