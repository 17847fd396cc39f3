// Compiled together with SharedRuntime.swift of the loader.
print(SharedRuntime.isUsed)
