import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config/settings.js';
import { ERRORS } from '../../src/domain/errors.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';

const page = (name: string) => readFileSync(new URL(`../../docs/operations/${name}`, import.meta.url), 'utf8');

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string; readonly runbook: string };
    }[];
  }[];
}

const rules = (parse(page('alerts.yml')) as Rules).groups.flatMap((group) => group.rules);
const sections = [...page('runbook.md').matchAll(/^### (\S+)$/gm)].map(([, name]) => name);

describe('the runbook', () => {
  it('has a section for every alert and every error code, and no other', () => {
    expect([...sections].sort()).toEqual([...rules.map(({ alert }) => alert), ...Object.keys(ERRORS)].sort());
  });

  it('says something in each', () => {
    const texts = page('runbook.md')
      .split(/^### \S+$/m)
      .slice(1);
    expect(texts.filter((text) => text.trim().length < 30)).toEqual([]);
  });
});

describe('the alert rules', () => {
  it('use metrics that exist, and labels that those have', async () => {
    const known = new Set((await new Metrics().registry.getMetricsAsJSON()).map(({ name }) => name));
    const used = rules.flatMap(({ expr }) => [...expr.matchAll(/\b(?:keytrail|process)_\w+/g)].map(([name]) => name));

    expect(used.map((name) => name.replace(/_bucket$/, '')).filter((name) => !known.has(name))).toEqual([]);
  });

  it('name codes that exist', () => {
    const patterns = rules.flatMap(({ expr }) => [...expr.matchAll(/code=~?"([^"]+)"/g)].map(([, text = '']) => text));
    const lost = patterns
      .flatMap((text) => text.split('|'))
      .filter((text) => !Object.keys(ERRORS).some((code) => new RegExp(`^${text}$`).test(code)));

    expect(patterns.length).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });

  it('lead to their section', () => {
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/operations/runbook.md#${alert.toLowerCase()}`);
    }
  });
});

describe('the page about configuration', () => {
  it('names every setting, and no other', () => {
    const named = [...page('configuration.md').matchAll(/^\| `(KEYTRAIL_\w+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(SETTINGS));
  });
});

describe('the image', () => {
  const ignored = readFileSync(new URL('../../.dockerignore', import.meta.url), 'utf8').split('\n');
  const image = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');

  it.each(['.env', 'data', 'kek', 'bootstrap-key'])('never gets %s', (name) => {
    expect(ignored).toContain(name);
  });

  it('runs as a user without rights, and says whether it is well', () => {
    expect(image).toMatch(/^USER node$/m);
    expect(image).toMatch(/^HEALTHCHECK /m);
  });
});
