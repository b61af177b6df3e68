//go:build !windows

package main

// holdWindow has nothing to hold: only Windows opens a window for a program.
func holdWindow() {}
