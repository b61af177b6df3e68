package main

import (
	"bufio"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

var getConsoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// holdWindow keeps a window open that would close with the program: one opened
// by a double click or by a file dropped on it. There this process is the
// only one attached to the console; under cmd or a script there are more.
func holdWindow() {
	var list [2]uint32
	if n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&list[0])), uintptr(len(list))); n != 1 {
		return
	}
	fmt.Fprint(os.Stderr, windowAdvice)
	bufio.NewReader(os.Stdin).ReadString('\n')
}

const windowAdvice = `
Команды пишут в окне командной строки: откройте папку программы в Проводнике,
наберите в адресной строке cmd и нажмите Enter.

Чтобы закрыть это окно, нажмите Enter. `
