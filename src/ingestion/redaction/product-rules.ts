import { rule, type RedactionRule } from './redaction-rule.js';

/** Credentials of developers' and business services. Sources: the vendors' documentation named before each. */
export const PRODUCT_RULES: readonly RedactionRule[] = [
  // GitHub docs, "About authentication to GitHub", token formats.
  rule(
    'github-token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/g,
  ),
  // GitLab docs, "Token overview", token prefixes.
  rule(
    'gitlab-token',
    [
      'glpat-',
      'gloas-',
      'gldt-',
      'glrt-',
      'glrtr-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glimt-',
      'glagent-',
      'glsoat-',
      'glffct-',
      'gr1348941',
      '_gitlab_session=',
    ],
    /(?<![A-Za-z0-9])(?:gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_=.-]{16,}|GR1348941[A-Za-z0-9_-]{16,}|_gitlab_session=[a-f0-9]{32})/g,
  ),
  // Atlassian support, "Manage API tokens", and Bitbucket's app passwords and access tokens.
  rule(
    'atlassian-token',
    ['atatt3', 'atctt3', 'atbb'],
    /(?<![A-Za-z0-9])(?:AT[AC]TT3[A-Za-z0-9_=-]{20,}|ATBB[A-Za-z0-9_=-]{20,})/g,
  ),
  // Slack API docs, "Tokens" and "Incoming webhooks".
  rule(
    'slack-token',
    ['xoxa', 'xoxb', 'xoxc', 'xoxd', 'xoxe', 'xoxo', 'xoxp', 'xoxr', 'xoxs', 'xapp-'],
    /(?<![A-Za-z0-9])(?:xox[a-eoprs](?:\.xox[a-eoprs])?-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,})/gi,
  ),
  rule(
    'slack-webhook',
    ['hooks.slack'],
    /hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,}/g,
  ),
  // Discord and Microsoft Teams docs, webhooks; Telegram Bot API, "Authorizing your bot".
  rule(
    'chat-webhook',
    ['api/webhooks/', 'webhook.office'],
    /(?:discord(?:app)?\.com\/api\/webhooks\/\d{10,}\/[A-Za-z0-9_-]{30,}|webhook\.office\.com\/webhookb2\/[A-Za-z0-9@/-]{40,})/g,
  ),
  rule('telegram-bot-token', [':aa'], /(?<![A-Za-z0-9])\d{6,12}:AA[A-Za-z0-9_-]{32,}/g),
  // Stripe docs, "API keys" and "Webhook signatures".
  rule(
    'stripe-key',
    ['sk_live_', 'sk_test_', 'sk_prod_', 'rk_live_', 'rk_test_', 'rk_prod_', 'whsec_'],
    /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,})/g,
  ),
  // OpenAI, Anthropic, OpenRouter, Groq, Perplexity, Hugging Face, Replicate: API reference, "Authentication".
  rule(
    'ai-api-key',
    ['sk-', 'gsk_', 'pplx-', 'hf_', 'api_org_', 'r8_', 'xai-'],
    /(?<![A-Za-z0-9])(?:sk-(?:proj|svcacct|admin|ant|or)-[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9]{32,}|gsk_[A-Za-z0-9]{32,}|pplx-[A-Za-z0-9]{32,}|hf_[A-Za-z0-9]{30,}|api_org_[A-Za-z0-9]{30,}|r8_[A-Za-z0-9]{36,}|xai-[A-Za-z0-9]{60,})/g,
  ),
  // npm docs, "About access tokens"; PyPI help, "API tokens"; RubyGems guides; NuGet; Docker Hub docs; JFrog.
  rule(
    'registry-token',
    ['npm_', 'pypi-', 'rubygems_', 'oy2', 'dckr_pat_', 'dckr_oat_', 'akcp', 'cmvmdgtu'],
    /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}|rubygems_[a-f0-9]{40,}|oy2[a-z0-9]{43}(?![A-Za-z0-9])|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}|AKCp[A-Za-z0-9]{50,}|cmVmdGtu[A-Za-z0-9]{40,})/g,
  ),
  // Twilio docs, "API keys" (SK; the account's AC is an id); SendGrid docs, "API keys"; Mailgun; Mailchimp; Brevo.
  rule(
    'messaging-api-key',
    ['sk', 'sg.', 'key-', '-us', 'xkeysib-', 'xsmtpsib-'],
    /(?<![A-Za-z0-9])(?:SK[a-f0-9]{32}(?![A-Za-z0-9])|SG\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}|key-[a-f0-9]{32}|[a-f0-9]{32}-us\d{1,2}|x(?:keysib|smtpsib)-[a-f0-9]{32,}[A-Za-z0-9-]*)/g,
  ),
  // Shopify dev docs, "Access token prefixes"; Square docs, "Access tokens"; Facebook, "Access tokens"; Adyen ("AQE").
  rule(
    'commerce-token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shpua_', 'sq0', 'eaa', 'ezak', 'eztk'],
    /(?<![A-Za-z0-9])(?:shp(?:at|ca|pa|ss|ua)_[A-Fa-f0-9]{20,}|sq0[a-z]{3}-[A-Za-z0-9_-]{20,}|EAA[AC-Z][A-Za-z0-9_-]{40,}|EZ[AT]K[A-Za-z0-9]{50,})/g,
  ),
  // Grafana docs, "Service accounts" and "Access policies"; Sentry; New Relic; Datadog has no prefix; Sonar; Sourcegraph; Snyk.
  rule(
    'observability-token',
    ['glsa_', 'glc_', 'sntrys_', 'sntryu_', 'nrak-', 'nrjs-', 'squ_', 'sqp_', 'sqa_', 'sgp_', 'sgd_', 'snyk_'],
    /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9_]{20,}|glc_[A-Za-z0-9+/=]{32,}|sntry[su]_[A-Za-z0-9+/=_-]{40,}|NR(?:AK|JS)-[A-Za-z0-9]{19,}|sq[upa]_[a-f0-9]{40}|sg[pd]_[A-Za-z0-9_-]{32,}|snyk_[a-z]{2,6}_[A-Za-z0-9._-]{32,})/g,
  ),
  // Linear, Notion ("ntn_"), Figma, Postman, Typeform, ReadMe, Octopus Deploy, Prefect, Infracost: API docs.
  rule(
    'workplace-token',
    ['lin_api_', 'lin_oauth_', 'ntn_', 'figd_', 'figo_', 'pmak-', 'tfp_', 'rdme_', 'api-', 'pnu_', 'ico-'],
    /(?<![A-Za-z0-9])(?:lin_(?:api|oauth)_[A-Za-z0-9]{32,}|ntn_[A-Za-z0-9]{32,}|fig[do]_[A-Za-z0-9_-]{32,}|PMAK-[a-f0-9]{20,}-[a-f0-9]{30,}|tfp_[A-Za-z0-9_.=-]{40,}|rdme_[a-z0-9]{60,}|API-[A-Z0-9]{26}(?![A-Z0-9])|pnu_[A-Za-z0-9]{32,}|ico-[A-Za-z0-9]{32}(?![A-Za-z0-9]))/g,
  ),
  // Tailscale docs, "Key prefixes"; ngrok has none; Teleport, "Join tokens", have none.
  rule('tailscale-key', ['tskey-'], /(?<![A-Za-z0-9])tskey-[a-z]{2,12}-[A-Za-z0-9_-]{10,}/g),
];
