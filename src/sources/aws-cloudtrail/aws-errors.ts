import type { Reason } from '../../domain/outcome.js';

const codes = (reason: Reason, names: string): readonly (readonly [string, Reason])[] =>
  names.split(' ').map((name) => [name, reason]);

/** Error codes of the services in scope and of AWS in common; `Client.` and `Server.` in front are taken off first. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ...codes('denied', 'AccessDenied AccessDeniedException UnauthorizedOperation VpceAccessDenied UnauthorizedException'),
  ...codes(
    'unauthenticated',
    'UnrecognizedClientException InvalidClientTokenId InvalidSignatureException SignatureDoesNotMatch AuthFailure ' +
      'MissingAuthenticationToken MissingAuthenticationTokenException IncompleteSignature IncompleteSignatureException ' +
      'InvalidAccessKeyId InvalidIdentityToken IDPRejectedClaim',
  ),
  ...codes('expired', 'ExpiredToken ExpiredTokenException RequestExpired'),
  ...codes(
    'throttled',
    'ThrottlingException Throttling ThrottledException TooManyRequestsException RequestLimitExceeded SlowDown',
  ),
  ...codes(
    'not_found',
    'ResourceNotFoundException ParameterNotFound ParameterVersionNotFound NotFoundException NoSuchEntity ' +
      'NoSuchEntityException PolicyNotFound',
  ),
  ...codes(
    'conflict',
    'ResourceExistsException ParameterAlreadyExists AlreadyExistsException EntityAlreadyExists ConflictException ' +
      'ConcurrentModificationException TooManyUpdates',
  ),
  ...codes(
    'invalid',
    'InvalidParameterException InvalidParameterValue InvalidRequestException ValidationException ValidationError ' +
      'InvalidNextTokenException InvalidNextToken InvalidKeyId InvalidArnException InvalidCiphertextException ' +
      'IncorrectKeyException InvalidKeyUsageException KMSInvalidStateException KMSInvalidSignatureException ' +
      'KMSInvalidMacException DisabledException MalformedPolicyDocument MalformedPolicyDocumentException ' +
      'PublicPolicyException PreconditionNotMetException InvalidAliasNameException InvalidGrantTokenException ' +
      'InvalidGrantIdException InvalidMarkerException TagException UnsupportedOperationException ' +
      'ParameterPatternMismatchException UnsupportedParameterType ParameterMaxVersionLimitExceeded InvalidFilterKey',
  ),
]);

/** The reason behind an `errorCode`. What is not in the table is an error, never a denial. */
export function awsReason(errorCode: string): Reason {
  return REASONS.get(errorCode.replace(/^(?:Client|Server)\./, '')) ?? 'error';
}
