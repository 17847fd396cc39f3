/// A change was made on a text of another length than the client's.
package struct StaleChange: Error, Hashable {}
