import type { World } from '../world.ts';
import { acceptedAndRefused } from './accepted-and-refused.ts';
import { addressNotAllowed } from './address-not-allowed.ts';
import { addressUnknown } from './address-unknown.ts';
import { aliasChain } from './alias-chain.ts';
import { aliasCircle } from './alias-circle.ts';
import { aliasToInternalName } from './alias-to-internal-name.ts';
import { aliasToNowhere } from './alias-to-nowhere.ts';
import { anonymous } from './anonymous.ts';
import { answersDiffer } from './answers-differ.ts';
import { basicOnly } from './basic-only.ts';
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
import { challengeEndless } from './challenge-endless.ts';
import { challengeGarbage } from './challenge-garbage.ts';
import { challengeHuge } from './challenge-huge.ts';
import { challengeLarge } from './challenge-large.ts';
import { challengeTruncated } from './challenge-truncated.ts';
import { charsetLie } from './charset-lie.ts';
import { charsetUtf16 } from './charset-utf-16.ts';
import { clientCertificateDemanded } from './client-certificate-demanded.ts';
import { clientCertificateDemanded12 } from './client-certificate-demanded-12.ts';
import { clientCertificateGiven } from './client-certificate-given.ts';
import { clientCertificateGiven12 } from './client-certificate-given-12.ts';
import { clientCertificateIis } from './client-certificate-iis.ts';
import { clientCertificateRefused } from './client-certificate-refused.ts';
import { clientCertificateRefused12 } from './client-certificate-refused-12.ts';
import { clientCertificateUntrusted } from './client-certificate-untrusted.ts';
import { clientCertificateWished } from './client-certificate-wished.ts';
import { clientLeftOut } from './client-left-out.ts';
import { clockWrong } from './clock-wrong.ts';
import { cloudFirst } from './cloud-first.ts';
import { cloudRefuses } from './cloud-refuses.ts';
import { connectionReset } from './connection-reset.ts';
import { crlExpired } from './crl-expired.ts';
import { crlWithoutEnd } from './crl-without-end.ts';
import { deadAndSlow } from './dead-and-slow.ts';
import { deepXml } from './deep-xml.ts';
import { digestOffered } from './digest-offered.ts';
import { directoryDown } from './directory-down.ts';
import { dnsGarbage } from './dns-garbage.ts';
import { dnsLargeAnswer } from './dns-large-answer.ts';
import { dnsLossy } from './dns-lossy.ts';
import { dnsRefused } from './dns-refused.ts';
import { dnsSilent } from './dns-silent.ts';
import { downLevelOnly } from './down-level-only.ts';
import { earlyByOurClock } from './early-by-our-clock.ts';
import { echoMapi } from './echo-mapi.ts';
import { echoPassword } from './echo-password.ts';
import { echoRpc } from './echo-rpc.ts';
import { echoToken } from './echo-token.ts';
import { echoWindows } from './echo-windows.ts';
import { emptyAnswer } from './empty-answer.ts';
import { extendedProtectionAccepted } from './extended-protection-accepted.ts';
import { extendedProtectionAcceptedBroken } from './extended-protection-accepted-broken.ts';
import { extendedProtectionAlone } from './extended-protection-alone.ts';
import { extendedProtectionBound } from './extended-protection-bound.ts';
import { extendedProtectionBroken } from './extended-protection-broken.ts';
import { extendedProtectionBrokenAlone } from './extended-protection-broken-alone.ts';
import { extendedProtectionRequired } from './extended-protection-required.ts';
import { healthy } from './healthy.ts';
import { healthyClassic } from './healthy-classic.ts';
import { healthyCloud } from './healthy-cloud.ts';
import { healthyCrossSigned } from './healthy-cross-signed.ts';
import { healthyDeviceCode } from './healthy-device-code.ts';
import { healthyDownLevel } from './healthy-down-level.ts';
import { healthyEcdsa } from './healthy-ecdsa.ts';
import { healthyEd25519 } from './healthy-ed25519.ts';
import { healthyHybrid } from './healthy-hybrid.ts';
import { healthyInternationalName } from './healthy-international-name.ts';
import { healthyMailHost } from './healthy-mail-host.ts';
import { healthyMapiBalanced } from './healthy-mapi-balanced.ts';
import { healthyMapiBound } from './healthy-mapi-bound.ts';
import { healthyMapiHttp } from './healthy-mapi-http.ts';
import { healthyMapiLongWait } from './healthy-mapi-long-wait.ts';
import { healthyMapiNtlm } from './healthy-mapi-ntlm.ts';
import { healthyMapiToken } from './healthy-mapi-token.ts';
import { healthyMapiTyped } from './healthy-mapi-typed.ts';
import { healthyModern } from './healthy-modern.ts';
import { healthyNegotiate } from './healthy-negotiate.ts';
import { healthyNtlm } from './healthy-ntlm.ts';
import { healthyOldRoot } from './healthy-old-root.ts';
import { healthyRevocation } from './healthy-revocation.ts';
import { healthyRootSent } from './healthy-root-sent.ts';
import { healthyRootWebsite } from './healthy-root-website.ts';
import { healthySpnego } from './healthy-spnego.ts';
import { healthyStapled } from './healthy-stapled.ts';
import { healthyWildcard } from './healthy-wildcard.ts';
import { hostingPanel } from './hosting-panel.ts';
import { hostingPanelOnly } from './hosting-panel-only.ts';
import { htmlAnswer } from './html-answer.ts';
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
import { jsonError } from './json-error.ts';
import { jsonHuge } from './json-huge.ts';
import { jsonOnly } from './json-only.ts';
import { jsonRedirect } from './json-redirect.ts';
import { kerberosOnly } from './kerberos-only.ts';
import { kerberosOnlyInsists } from './kerberos-only-insists.ts';
import { kerberosOnlyRejects } from './kerberos-only-rejects.ts';
import { loginPage } from './login-page.ts';
import { mailCertificateWrongName } from './mail-certificate-wrong-name.ts';
import { mailHostUnknown } from './mail-host-unknown.ts';
import { mailboxAccessDenied } from './mailbox-access-denied.ts';
import { mailboxBackOff } from './mailbox-back-off.ts';
import { mailboxCachedMode } from './mailbox-cached-mode.ts';
import { mailboxClientBlocked } from './mailbox-client-blocked.ts';
import { mailboxDisabled } from './mailbox-disabled.ts';
import { mailboxDismounted } from './mailbox-dismounted.ts';
import { mailboxLogonFailed } from './mailbox-logon-failed.ts';
import { mailboxMoved } from './mailbox-moved.ts';
import { mailboxMoving } from './mailbox-moving.ts';
import { mailboxNoPermission } from './mailbox-no-permission.ts';
import { mailboxNone } from './mailbox-none.ts';
import { mailboxOtherOpened } from './mailbox-other-opened.ts';
import { mailboxProtocolDisabled } from './mailbox-protocol-disabled.ts';
import { mailboxQuarantined } from './mailbox-quarantined.ts';
import { mailboxServerBusy } from './mailbox-server-busy.ts';
import { mailboxUnknown } from './mailbox-unknown.ts';
import { mailboxWrongServer } from './mailbox-wrong-server.ts';
import { manyAddresses } from './many-addresses.ts';
import { manyHeaders } from './many-headers.ts';
import { mapiAbsent } from './mapi-absent.ts';
import { mapiAnswerTruncated } from './mapi-answer-truncated.ts';
import { mapiBackEndDown } from './mapi-back-end-down.ts';
import { mapiBuffered } from './mapi-buffered.ts';
import { mapiCompressed } from './mapi-compressed.ts';
import { mapiCookiesLost } from './mapi-cookies-lost.ts';
import { mapiEndlessPending } from './mapi-endless-pending.ts';
import { mapiEndlessProcessing } from './mapi-endless-processing.ts';
import { mapiHeadersStripped } from './mapi-headers-stripped.ts';
import { mapiHttpOnly } from './mapi-http-only.ts';
import { mapiIdChanged } from './mapi-id-changed.ts';
import { mapiLateFailure } from './mapi-late-failure.ts';
import { mapiLongWaitCut } from './mapi-long-wait-cut.ts';
import { mapiNeverDone } from './mapi-never-done.ts';
import { mapiNoVersion } from './mapi-no-version.ts';
import { mapiNotOffered } from './mapi-not-offered.ts';
import { mapiOtherNumbers } from './mapi-other-numbers.ts';
import { mapiPreambleWrong } from './mapi-preamble-wrong.ts';
import { mapiQueryLost } from './mapi-query-lost.ts';
import { mapiRequestHeadersLost } from './mapi-request-headers-lost.ts';
import { mapiRowsWithoutEnd } from './mapi-rows-without-end.ts';
import { mapiSignInForm } from './mapi-sign-in-form.ts';
import { mapiSizeOf4Gb } from './mapi-size-of-4-gb.ts';
import { mapiSlow } from './mapi-slow.ts';
import { mapiStatusCode } from './mapi-status-code.ts';
import { mapiSwitchedOff } from './mapi-switched-off.ts';
import { mapiTlsRequired } from './mapi-tls-required.ts';
import { mapiUnknownFailure } from './mapi-unknown-failure.ts';
import { mapiUrlMismatch } from './mapi-url-mismatch.ts';
import { mapiVerySlow } from './mapi-very-slow.ts';
import { mapiWithoutAffinity } from './mapi-without-affinity.ts';
import { mapiWrongPassword } from './mapi-wrong-password.ts';
import { mixedAddresses } from './mixed-addresses.ts';
import { modernInsecureAuthority } from './modern-insecure-authority.ts';
import { modernWithoutAuthority } from './modern-without-authority.ts';
import { modernWrongIssuer } from './modern-wrong-issuer.ts';
import { nameNotFound } from './name-not-found.ts';
import { namespacesHttps } from './namespaces-https.ts';
import { namespacesWrong } from './namespaces-wrong.ts';
import { noAuthPackage } from './no-auth-package.ts';
import { noAutodiscover } from './no-autodiscover.ts';
import { noExpr } from './no-expr.ts';
import { noExpr2010 } from './no-expr-2010.ts';
import { noJson } from './no-json.ts';
import { noMapiHttp } from './no-mapi-http.ts';
import { noMethod } from './no-method.ts';
import { noRedirect } from './no-redirect.ts';
import { noSniOtherCertificate } from './no-sni-other-certificate.ts';
import { noSniRefused } from './no-sni-refused.ts';
import { noSoap } from './no-soap.ts';
import { notHttp } from './not-http.ts';
import { notTls } from './not-tls.ts';
import { nspiAmbiguous } from './nspi-ambiguous.ts';
import { nspiBindRefused } from './nspi-bind-refused.ts';
import { nspiFailed } from './nspi-failed.ts';
import { nspiHidden } from './nspi-hidden.ts';
import { nspiRowsWithoutEnd } from './nspi-rows-without-end.ts';
import { ntlmClockWrong } from './ntlm-clock-wrong.ts';
import { ntlmOnly } from './ntlm-only.ts';
import { ntlmTooOld } from './ntlm-too-old.ts';
import { ntlmWrongPassword } from './ntlm-wrong-password.ts';
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
import { passwordLatin1 } from './password-latin1.ts';
import { pinFits } from './pin-fits.ts';
import { pinOther } from './pin-other.ts';
import { policyBlocksPasswords } from './policy-blocks-passwords.ts';
import { policyDisablesProtocol } from './policy-disables-protocol.ts';
import { portClosed } from './port-closed.ts';
import { portDropped } from './port-dropped.ts';
import { principalInSan } from './principal-in-san.ts';
import { principalMismatch } from './principal-mismatch.ts';
import { principalOnly } from './principal-only.ts';
import { providerError } from './provider-error.ts';
import { proxyClosesBetweenLegs } from './proxy-closes-between-legs.ts';
import { proxyClosesConnections } from './proxy-closes-connections.ts';
import { proxyEndsTls } from './proxy-ends-tls.ts';
import { proxySpreadsLegs } from './proxy-spreads-legs.ts';
import { proxyStripsMethods } from './proxy-strips-methods.ts';
import { proxyStripsTokens } from './proxy-strips-tokens.ts';
import { redirectAddressCircle } from './redirect-address-circle.ts';
import { redirectCircle } from './redirect-circle.ts';
import { redirectEndless } from './redirect-endless.ts';
import { redirectMalformed } from './redirect-malformed.ts';
import { redirectNeedless } from './redirect-needless.ts';
import { redirectNotConfirmed } from './redirect-not-confirmed.ts';
import { redirectOnly } from './redirect-only.ts';
import { redirectOverTls } from './redirect-over-tls.ts';
import { redirectSilent } from './redirect-silent.ts';
import { redirectToHttp } from './redirect-to-http.ts';
import { redirectToLogin } from './redirect-to-login.ts';
import { redirectToNowhere } from './redirect-to-nowhere.ts';
import { redirectTwoSteps } from './redirect-two-steps.ts';
import { redirectUrl } from './redirect-url.ts';
import { redirectWithoutPlace } from './redirect-without-place.ts';
import { requestRefused } from './request-refused.ts';
import { requiredMethodMissing } from './required-method-missing.ts';
import { revokedByList } from './revoked-by-list.ts';
import { revokedByOcsp } from './revoked-by-ocsp.ts';
import { revokedByStaple } from './revoked-by-staple.ts';
import { revokedIntermediate } from './revoked-intermediate.ts';
import { rpcAccessDenied } from './rpc-access-denied.ts';
import { rpcAddressBookFails } from './rpc-address-book-fails.ts';
import { rpcBodiesLimited } from './rpc-bodies-limited.ts';
import { rpcCachedMode } from './rpc-cached-mode.ts';
import { rpcClientBlocked } from './rpc-client-blocked.ts';
import { rpcEncryptionRequired } from './rpc-encryption-required.ts';
import { rpcEncryptionRequired2010 } from './rpc-encryption-required-2010.ts';
import { rpcEndless } from './rpc-endless.ts';
import { rpcExchange2010 } from './rpc-exchange-2010.ts';
import { rpcFault } from './rpc-fault.ts';
import { rpcHealthy } from './rpc-healthy.ts';
import { rpcHeldBack } from './rpc-held-back.ts';
import { rpcHttpBlocked } from './rpc-http-blocked.ts';
import { rpcMailboxClosed } from './rpc-mailbox-closed.ts';
import { rpcMalformed } from './rpc-malformed.ts';
import { rpcNameAmbiguous } from './rpc-name-ambiguous.ts';
import { rpcNameHidden } from './rpc-name-hidden.ts';
import { rpcNotOffered } from './rpc-not-offered.ts';
import { rpcNtlm } from './rpc-ntlm.ts';
import { rpcOdd } from './rpc-odd.ts';
import { rpcPlainHttp } from './rpc-plain-http.ts';
import { rpcPrincipalMismatch } from './rpc-principal-mismatch.ts';
import { rpcProxyAbsent } from './rpc-proxy-absent.ts';
import { rpcProxyStopped } from './rpc-proxy-stopped.ts';
import { rpcRecycled } from './rpc-recycled.ts';
import { rpcReferralClosed } from './rpc-referral-closed.ts';
import { rpcReferralFails } from './rpc-referral-fails.ts';
import { rpcSilent } from './rpc-silent.ts';
import { rpcTwoServers } from './rpc-two-servers.ts';
import { rpcUserForms } from './rpc-user-forms.ts';
import { rpcVerbsRefused } from './rpc-verbs-refused.ts';
import { rpcWrongServer } from './rpc-wrong-server.ts';
import { serverOutOfSupport } from './server-out-of-support.ts';
import { servfail } from './servfail.ts';
import { servicesElsewhere } from './services-elsewhere.ts';
import { silentPort } from './silent-port.ts';
import { slowMethodFirst } from './slow-method-first.ts';
import { soapDiffers } from './soap-differs.ts';
import { srvNotAvailable } from './srv-not-available.ts';
import { srvOnly } from './srv-only.ts';
import { srvPriorities } from './srv-priorities.ts';
import { srvThousand } from './srv-thousand.ts';
import { srvToOtherDomain } from './srv-to-other-domain.ts';
import { thousandMethods } from './thousand-methods.ts';
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
import { tokenUnlicensed } from './token-unlicensed.ts';
import { tokenWithoutScope } from './token-without-scope.ts';
import { tokenWrongAudience } from './token-wrong-audience.ts';
import { unknownElements } from './unknown-elements.ts';
import { unreachable } from './unreachable.ts';
import { urlInternalName } from './url-internal-name.ts';
import { urlInternalOnly } from './url-internal-only.ts';
import { urlMalformed } from './url-malformed.ts';
import { urlNotHttps } from './url-not-https.ts';
import { webOnly } from './web-only.ts';
import { wildcard } from './wildcard.ts';
import { wildcardElsewhere } from './wildcard-elsewhere.ts';
import { wrongPassword } from './wrong-password.ts';
import { xmlBomb } from './xml-bomb.ts';
import { xmlExternalEntity } from './xml-external-entity.ts';

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
  healthyMailHost,
  healthyCloud,
  healthyHybrid,
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
  clientLeftOut,
  clockWrong,
  earlyByOurClock,
  // Ways to Autodiscover
  srvOnly,
  srvPriorities,
  srvNotAvailable,
  srvToOtherDomain,
  redirectOnly,
  redirectOverTls,
  redirectTwoSteps,
  redirectNeedless,
  redirectNotConfirmed,
  redirectUrl,
  mailboxMoved,
  redirectAddressCircle,
  redirectCircle,
  redirectToHttp,
  redirectWithoutPlace,
  redirectMalformed,
  redirectToNowhere,
  redirectToLogin,
  noRedirect,
  redirectSilent,
  slowMethodFirst,
  deadAndSlow,
  // Autodiscover
  brokenXml,
  addressUnknown,
  providerError,
  noMapiHttp,
  webOnly,
  jsonOnly,
  jsonError,
  jsonRedirect,
  noJson,
  noSoap,
  soapDiffers,
  answersDiffer,
  urlInternalOnly,
  urlInternalName,
  urlNotHttps,
  urlMalformed,
  mailCertificateWrongName,
  mailHostUnknown,
  noAuthPackage,
  noExpr,
  noExpr2010,
  mapiHttpOnly,
  unknownElements,
  namespacesHttps,
  namespacesWrong,
  charsetUtf16,
  charsetLie,
  htmlAnswer,
  emptyAnswer,
  requestRefused,
  directoryDown,
  cloudFirst,
  cloudRefuses,
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
  echoMapi,
  echoPassword,
  echoRpc,
  echoWindows,
  echoToken,
  redirectEndless,
  srvThousand,
  jsonHuge,
  xmlBomb,
  xmlExternalEntity,
  certificateManyNames,
  certificateHuge,
  intermediateRsa16384,
  chainOf200,
  issuersInCircle,
  issuersWithoutEnd,
  ocspWithoutEnd,
  crlWithoutEnd,
  healthyNtlm,
  healthyNegotiate,
  healthySpnego,
  healthyModern,
  healthyDeviceCode,
  healthyDownLevel,
  extendedProtectionAccepted,
  extendedProtectionRequired,
  extendedProtectionAlone,
  extendedProtectionBound,
  extendedProtectionBroken,
  extendedProtectionAcceptedBroken,
  extendedProtectionBrokenAlone,
  proxyEndsTls,
  proxySpreadsLegs,
  proxyClosesConnections,
  proxyClosesBetweenLegs,
  proxyStripsTokens,
  proxyStripsMethods,
  kerberosOnly,
  kerberosOnlyRejects,
  kerberosOnlyInsists,
  ntlmTooOld,
  ntlmClockWrong,
  ntlmWrongPassword,
  challengeTruncated,
  challengeEndless,
  challengeGarbage,
  challengeLarge,
  challengeHuge,
  thousandMethods,
  basicOnly,
  digestOffered,
  requiredMethodMissing,
  downLevelOnly,
  principalOnly,
  passwordLatin1,
  acceptedAndRefused,
  policyBlocksPasswords,
  policyDisablesProtocol,
  tokenWrongAudience,
  tokenWithoutScope,
  tokenUnlicensed,
  modernWithoutAuthority,
  modernInsecureAuthority,
  modernWrongIssuer,
  healthyMapiHttp,
  healthyMapiNtlm,
  healthyMapiBound,
  healthyMapiToken,
  healthyMapiTyped,
  healthyMapiBalanced,
  healthyMapiLongWait,
  mapiAbsent,
  mapiSwitchedOff,
  mapiQueryLost,
  mapiIdChanged,
  mapiUnknownFailure,
  mapiLateFailure,
  mapiStatusCode,
  mapiOtherNumbers,
  mapiRequestHeadersLost,
  mapiCookiesLost,
  mapiWithoutAffinity,
  mapiAnswerTruncated,
  mapiPreambleWrong,
  mapiSlow,
  mapiVerySlow,
  mapiBuffered,
  mapiLongWaitCut,
  mapiUrlMismatch,
  servicesElsewhere,
  mapiHeadersStripped,
  mapiNoVersion,
  mapiCompressed,
  mapiSignInForm,
  mapiTlsRequired,
  mapiBackEndDown,
  mapiNotOffered,
  mapiWrongPassword,
  mapiEndlessPending,
  mapiNeverDone,
  mapiEndlessProcessing,
  mapiSizeOf4Gb,
  mapiRowsWithoutEnd,
  nspiRowsWithoutEnd,
  mailboxUnknown,
  mailboxNone,
  mailboxDisabled,
  mailboxNoPermission,
  mailboxAccessDenied,
  mailboxMoving,
  mailboxDismounted,
  mailboxQuarantined,
  mailboxLogonFailed,
  mailboxClientBlocked,
  mailboxProtocolDisabled,
  mailboxCachedMode,
  mailboxServerBusy,
  mailboxBackOff,
  mailboxWrongServer,
  mailboxOtherOpened,
  nspiHidden,
  nspiAmbiguous,
  nspiFailed,
  nspiBindRefused,
  serverOutOfSupport,
  // RPC over HTTP
  rpcHealthy,
  rpcOdd,
  rpcNtlm,
  rpcExchange2010,
  rpcEncryptionRequired,
  rpcEncryptionRequired2010,
  rpcProxyAbsent,
  rpcProxyStopped,
  rpcVerbsRefused,
  rpcBodiesLimited,
  rpcHeldBack,
  rpcTwoServers,
  rpcReferralClosed,
  rpcMailboxClosed,
  rpcAccessDenied,
  rpcUserForms,
  rpcFault,
  rpcReferralFails,
  rpcSilent,
  rpcEndless,
  rpcMalformed,
  rpcRecycled,
  rpcPlainHttp,
  rpcPrincipalMismatch,
  rpcNotOffered,
  rpcNameHidden,
  rpcNameAmbiguous,
  rpcAddressBookFails,
  rpcHttpBlocked,
  rpcClientBlocked,
  rpcCachedMode,
  rpcWrongServer,
];
