import { rule, type RedactionRule } from './redaction-rule.js';

/** An AWS access key id. It identifies and opens nothing alone, so as a credential id it stays (in the encrypted part). */
export const AWS_ACCESS_KEY_ID = 'aws-access-key-id';

/**
 * Credentials of clouds and what runs on them. Sources: the vendors' documentation, named before each group; where a
 * vendor publishes the prefix only, a length below the shortest seen is asked for.
 */
export const CLOUD_RULES: readonly RedactionRule[] = [
  // AWS, IAM user guide, "IAM identifiers", unique id prefixes; a secret key that follows goes too.
  rule(
    AWS_ACCESS_KEY_ID,
    ['akia', 'asia', 'abia', 'acca'],
    /(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}(?![A-Z0-9])(?:[:,;|\s"'/]{1,4}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+]))?/g,
  ),
  // AWS SDKs and tools reference, "Static credentials": names of the secret's setting.
  rule(
    'aws-secret-access-key',
    ['secret_access_key', 'secretaccesskey', 'secret_accesskey', 'secretaccess_key'],
    /(?<keep>secret_?access_?key["']?\s{0,4}[=:]\s{0,4}["']?)[A-Za-z0-9/+]{40}/gi,
  ),
  // AWS STS: session tokens are base64 of a structure that begins with "origin" or "aws".
  rule(
    'aws-session-token',
    ['iqojb3jpz2lu', 'fwogzxivyxdz', 'fqogzxivyxdz', 'aqodyxdz'],
    /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|AQoDYXdz)[A-Za-z0-9/+%]{20,}={0,2}/g,
  ),
  // Amazon Bedrock user guide, "API keys".
  rule(
    'aws-bedrock-api-key',
    ['absk', 'bedrock-api-key-'],
    /(?<![A-Za-z0-9])(?:ABSK[A-Za-z0-9+/]{40,}={0,2}|bedrock-api-key-[A-Za-z0-9+/=]{16,})/g,
  ),
  // AWS Signature Version 4, query parameters of a presigned URL.
  rule(
    'aws-presigned-url',
    ['x-amz-signature=', 'x-amz-security-token=', 'x-amz-credential='],
    /(?<keep>X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"']{8,}/g,
  ),
  // Google Cloud, "API keys" and "OAuth 2.0": key, access token, refresh token, client secret.
  rule('google-api-key', ['aiza'], /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{30,}/g),
  rule('google-oauth-token', ['ya29.', '1//0'], /(?<![A-Za-z0-9])(?:ya29\.|1\/\/0)[A-Za-z0-9_-]{16,}[A-Za-z0-9._-]*/g),
  rule('google-client-secret', ['gocspx-'], /(?<![A-Za-z0-9])GOCSPX-[A-Za-z0-9_-]{20,}/g),
  // Azure Storage, "Create a service SAS" (sig) and "Configure connection strings" (AccountKey); Service Bus (SharedAccessKey).
  rule('azure-sas-signature', ['sig='], /(?<keep>[?&;]sig=)[A-Za-z0-9%+/=_-]{16,}/g),
  rule(
    'azure-account-key',
    ['accountkey=', 'sharedaccesskey='],
    /(?<keep>(?:AccountKey|SharedAccessKey)=)[A-Za-z0-9+/]{16,}={0,2}/g,
  ),
  // Microsoft Entra ID, client secrets of app registrations since 2021: three characters, a digit, "Q~".
  rule('azure-client-secret', ['q~'], /(?<![A-Za-z0-9_.~-])[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{24,}/g),
  // DigitalOcean API reference, "Token formats": personal, OAuth, refresh.
  rule('digitalocean-token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], /(?<![A-Za-z0-9])do[opr]_v1_[a-f0-9]{32,}/g),
  // Cloudflare, "Origin CA keys".
  rule('cloudflare-origin-ca-key', ['v1.0-'], /(?<![A-Za-z0-9])v1\.0-[a-f0-9]{16,}-[a-f0-9]{64,}/g),
  // Heroku Dev Center, "Authorizing": HRKU. Fly.io docs, "Access tokens": fo1_, FlyV1.
  rule('heroku-api-key', ['hrku-'], /(?<![A-Za-z0-9])HRKU-[A-Za-z0-9_-]{30,}/g),
  rule(
    'fly-access-token',
    ['fo1_', 'fm1_', 'fm2_', 'fm1a_', 'fm1r_', 'fm2a_', 'fm2r_'],
    /(?<![A-Za-z0-9])(?:fo1_[A-Za-z0-9_-]{40,}|fm[12][ar]?_[A-Za-z0-9+/=_-]{40,})/g,
  ),
  // Scaleway, Scalingo ("tk-us-"), Netlify ("nfp_"), Vercel changelog ("vcp_" and kin), Render ("rnd_").
  rule(
    'hosting-token',
    ['tk-us-', 'nfp_', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'rnd_'],
    /(?<![A-Za-z0-9])(?:tk-us-[A-Za-z0-9_-]{40,}|nfp_[A-Za-z0-9]{32,}|vc[apikr]{1,2}_[A-Za-z0-9]{24,}|rnd_[A-Za-z0-9]{24,})/g,
  ),
  // HCP Terraform API, "Authentication".
  rule('terraform-token', ['.atlasv1.'], /[A-Za-z0-9]{10,20}\.atlasv1\.[A-Za-z0-9_=-]{40,}/g),
  // Pulumi Cloud REST API, "Authentication".
  rule('pulumi-token', ['pul-'], /(?<![A-Za-z0-9])pul-[a-f0-9]{40}/g),
  // Databricks, "Personal access tokens"; ClickHouse Cloud, "Managing API keys"; PlanetScale ("pscale_"); Supabase ("sbp_", "sb_secret_").
  rule(
    'database-service-token',
    ['dapi', '4b1d', 'pscale_', 'sbp_', 'sb_secret_'],
    /(?<![A-Za-z0-9])(?:dapi[a-f0-9]{32}(?:-\d)?|4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])|pscale_(?:tkn|pw|oauth)_[A-Za-z0-9=._-]{24,}|sbp_[A-Za-z0-9_]{32,}|sb_secret_[A-Za-z0-9_-]{20,})/g,
  ),
  // Kubernetes and OpenShift: service account tokens are JWTs (below); OAuth tokens of OpenShift, "Understanding authentication".
  rule('openshift-token', ['sha256~'], /sha256~[A-Za-z0-9_-]{40,}/g),
];
