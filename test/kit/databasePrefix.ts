/** Databases of one test run begin with it; `run` is the process that runs the workers. */
export const databasePrefix = (run: number): string => `test_${run}_`
