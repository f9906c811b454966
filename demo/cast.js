// Who plays in the demo. People, companies and addresses are made up; the addresses are from the blocks kept for examples.
export const PEOPLE = {
  alice: { name: 'Alice Meier', email: 'alice.meier@example.com', address: '192.0.2.14', policies: ['payments-admin'] },
  bob: { name: 'Bob Jansen', email: 'bob.jansen@example.com', address: '192.0.2.31', policies: ['payments-read'] },
  sofia: { name: 'Σοφία Παππά', email: 'sofia.pappa@example.com', address: '192.0.2.57', policies: ['platform-admin'] },
  chen: { name: '陈伟', email: 'chen.wei@example.com', address: '198.51.100.8', policies: ['contractor'] },
};

export const SERVICES = {
  'billing-api': { address: '10.20.3.14', policies: ['billing-read'] },
  'ci-deployer': { address: '10.20.7.2', policies: ['deploy'] },
};

export const ATTACKER = '203.0.113.66';
