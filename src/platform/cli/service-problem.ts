import { ERRORS, EXIT, isErrorCode } from '../../domain/errors.js';

/** An answer that is no success, as the service tells it (RFC 9457). A newer service may know codes that we don't. */
export class ServiceProblem extends Error {
  override readonly name = 'ServiceProblem';
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
  readonly requestId: string | undefined;

  constructor(
    readonly status: number,
    readonly members: Readonly<Record<string, unknown>>,
  ) {
    const told = textOf(members['code']);
    // Without a code it is not Keytrail that answered, but something before it.
    const code = told ?? 'CLI.SERVICE_UNREACHABLE';
    const known = isErrorCode(code) ? ERRORS[code] : undefined;
    const ownTitle = told === undefined ? undefined : (textOf(members['title']) ?? known?.title);
    const title = ownTitle ?? `The service answered with status ${status}`;
    super(title);
    this.code = code;
    this.title = title;
    this.remedy = textOf(members['remedy']) ?? known?.remedy ?? '';
    this.requestId = textOf(members['requestId']);
  }

  get exit(): number {
    if (isErrorCode(this.code)) return ERRORS[this.code].exit;
    if (this.status === 401 || this.status === 403) return EXIT.refused;
    if (this.status === 404) return EXIT.notFound;
    if (this.status >= 500) return EXIT.unavailable;
    return EXIT.usage;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
